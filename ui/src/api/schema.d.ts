// Made by "make schema" from the OpenAPI document; not to be edited.
// of c87efd37cf4749f8aad7ab3ed4575a198cc31dfb4e2badae68aaf1e5951bf5b1
// is ac0565a5b2af0c6dd7d43f1e6e7f18a5a27fe43dff0902e82987312697ef3971
export interface paths {
    "/agency/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get who hears of failures in any workspace */
        get: operations["get-who-hears-of-failures-in-any-workspace"];
        /** Set who hears of failures in any workspace */
        put: operations["set-who-hears-of-failures-in-any-workspace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agency/brand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the brand of the agency */
        get: operations["get-the-brand-of-the-agency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the brand of the agency */
        patch: operations["change-the-brand-of-the-agency"];
        trace?: never;
    };
    "/agency/brand/domain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the domain of the agency */
        put: operations["set-the-domain-of-the-agency"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agency/brand/domain/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check whether the domain of the agency leads here */
        post: operations["check-whether-the-domain-of-the-agency-leads-here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agency/brand/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the logo of the agency */
        put: operations["set-the-logo-of-the-agency"];
        post?: never;
        /** Remove the logo of the agency */
        delete: operations["remove-the-logo-of-the-agency"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys of all workspaces */
        get: operations["list-api-keys-of-all-workspaces"];
        put?: never;
        /** Create an API key of all workspaces */
        post: operations["create-an-api-key-of-all-workspaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key of all workspaces */
        delete: operations["revoke-an-api-key-of-all-workspaces"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the audit log of the installation */
        get: operations["list-the-audit-log-of-the-installation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the audit log of the installation */
        get: operations["download-the-audit-log-of-the-installation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the installation's audit log is whole */
        get: operations["check-that-the-installation-s-audit-log-is-whole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a copy of the database */
        get: operations["download-a-copy-of-the-database"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/brand-colours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what pages make of a colour */
        get: operations["show-what-pages-make-of-a-colour"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client-links/fill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fill in what a client link asks for */
        post: operations["fill-in-what-a-client-link-asks-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client-links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what a client link asks for */
        post: operations["see-what-a-client-link-asks-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client-links/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in at the service that a client link asks for */
        post: operations["sign-in-at-the-service-that-a-client-link-asks-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workspaces with how they fare */
        get: operations["list-workspaces-with-how-they-fare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List open invitations to the agency */
        get: operations["list-open-invitations-to-the-agency"];
        put?: never;
        /** Invite one of the agency's people */
        post: operations["invite-one-of-the-agency-s-people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation to the agency */
        delete: operations["withdraw-an-invitation-to-the-agency"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invitation to the agency again */
        post: operations["send-an-invitation-to-the-agency-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation */
        post: operations["accept-an-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what an invitation is for */
        post: operations["see-what-an-invitation-is-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe the language of mappings */
        get: operations["describe-the-language-of-mappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["who-am-i"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what you decide for yourself */
        patch: operations["change-what-you-decide-for-yourself"];
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the agency's people */
        get: operations["list-the-agency-s-people"];
        put?: never;
        /** Add one of the agency's people who has an account */
        post: operations["add-one-of-the-agency-s-people-who-has-an-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove one of the agency's people */
        delete: operations["remove-one-of-the-agency-s-people"];
        options?: never;
        head?: never;
        /** Change the role of one of the agency's people */
        patch: operations["change-the-role-of-one-of-the-agency-s-people"];
        trace?: never;
    };
    "/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List node types */
        get: operations["list-node-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password by a reset link */
        post: operations["set-a-new-password-by-a-reset-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles of the agency's people */
        get: operations["list-the-roles-of-the-agency-s-people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rights that API keys can have */
        get: operations["list-the-rights-that-api-keys-can-have"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search all workspaces */
        get: operations["search-all-workspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List senders */
        get: operations["list-senders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["sign-in"];
        /** Sign out */
        delete: operations["sign-out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the installation up */
        post: operations["set-the-installation-up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared-templates/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a shared template */
        get: operations["look-at-a-shared-template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what workspaces used */
        get: operations["list-what-workspaces-used"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download what workspaces used as CSV */
        get: operations["download-what-workspaces-used-as-csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workspaces */
        get: operations["list-workspaces"];
        put?: never;
        /** Create a workspace */
        post: operations["create-a-workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a workspace */
        get: operations["get-a-workspace"];
        put?: never;
        post?: never;
        /** Delete a workspace */
        delete: operations["delete-a-workspace"];
        options?: never;
        head?: never;
        /** Change a workspace */
        patch: operations["change-a-workspace"];
        trace?: never;
    };
    "/workspaces/{ws}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get who hears of failures */
        get: operations["get-who-hears-of-failures"];
        /** Set who hears of failures */
        put: operations["set-who-hears-of-failures"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/alerts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message to who hears of failures */
        post: operations["send-a-test-message-to-who-hears-of-failures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: operations["list-api-keys"];
        put?: never;
        /** Create an API key */
        post: operations["create-an-api-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revoke-an-api-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the audit log */
        get: operations["list-the-audit-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the audit log */
        get: operations["download-the-audit-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the audit log is whole */
        get: operations["check-that-the-audit-log-is-whole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/brand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the brand of a workspace */
        get: operations["get-the-brand-of-a-workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the brand of a workspace */
        patch: operations["change-the-brand-of-a-workspace"];
        trace?: never;
    };
    "/workspaces/{ws}/brand/domain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the domain of a workspace */
        put: operations["set-the-domain-of-a-workspace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/brand/domain/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check whether the domain of a workspace leads here */
        post: operations["check-whether-the-domain-of-a-workspace-leads-here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/brand/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the logo of a workspace */
        put: operations["set-the-logo-of-a-workspace"];
        post?: never;
        /** Remove the logo of a workspace */
        delete: operations["remove-the-logo-of-a-workspace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what the checkout of the whole site calls */
        get: operations["get-what-the-checkout-of-the-whole-site-calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the purchase webhook of the whole site */
        patch: operations["set-the-purchase-webhook-of-the-whole-site"];
        trace?: never;
    };
    "/workspaces/{ws}/clone-jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the report of a job over clients */
        get: operations["get-the-report-of-a-job-over-clients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/clone-jobs/{id}/report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the report of a job over clients */
        get: operations["download-the-report-of-a-job-over-clients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/clones/act": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish, pause or set a value in many clones */
        post: operations["publish-pause-or-set-a-value-in-many-clones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connection-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a client for a new connection */
        post: operations["ask-a-client-for-a-new-connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connections */
        get: operations["list-connections"];
        put?: never;
        /** Create a connection */
        post: operations["create-a-connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a connection */
        get: operations["get-a-connection"];
        put?: never;
        post?: never;
        /** Delete a connection */
        delete: operations["delete-a-connection"];
        options?: never;
        head?: never;
        /** Change a connection */
        patch: operations["change-a-connection"];
        trace?: never;
    };
    "/workspaces/{ws}/connections/{id}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List what can be chosen for a field */
        post: operations["list-what-can-be-chosen-for-a-field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connections/{id}/client-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the client links of a connection */
        get: operations["list-the-client-links-of-a-connection"];
        put?: never;
        /** Ask a client to fill a connection in */
        post: operations["ask-a-client-to-fill-a-connection-in"];
        /** Revoke the client link of a connection */
        delete: operations["revoke-the-client-link-of-a-connection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connections/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a sign-in at a connection's service */
        post: operations["begin-a-sign-in-at-a-connection-s-service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test a connection */
        post: operations["test-a-connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contact-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contact fields */
        get: operations["list-contact-fields"];
        put?: never;
        /** Create a contact field */
        post: operations["create-a-contact-field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contact-fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a contact field */
        get: operations["get-a-contact-field"];
        put?: never;
        post?: never;
        /** Delete a contact field */
        delete: operations["delete-a-contact-field"];
        options?: never;
        head?: never;
        /** Change a contact field */
        patch: operations["change-a-contact-field"];
        trace?: never;
    };
    "/workspaces/{ws}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: operations["list-contacts"];
        put?: never;
        /** Create a contact */
        post: operations["create-a-contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a contact */
        get: operations["get-a-contact"];
        put?: never;
        post?: never;
        /** Erase a contact */
        delete: operations["erase-a-contact"];
        options?: never;
        head?: never;
        /** Change a contact */
        patch: operations["change-a-contact"];
        trace?: never;
    };
    "/workspaces/{ws}/contacts/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a contact's reply */
        post: operations["record-a-contact-s-reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contacts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened to a contact */
        get: operations["list-what-happened-to-a-contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download contacts as CSV */
        get: operations["download-contacts-as-csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/contacts/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a workflow for many contacts */
        post: operations["start-a-workflow-for-many-contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/course-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List course events */
        get: operations["list-course-events"];
        put?: never;
        /** Record a course event */
        post: operations["record-a-course-event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/course-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a course event */
        get: operations["get-a-course-event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/custom-values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List custom values */
        get: operations["list-custom-values"];
        put?: never;
        /** Create a custom value */
        post: operations["create-a-custom-value"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/custom-values/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a custom value */
        get: operations["get-a-custom-value"];
        put?: never;
        post?: never;
        /** Delete a custom value */
        delete: operations["delete-a-custom-value"];
        options?: never;
        head?: never;
        /** Change a custom value */
        patch: operations["change-a-custom-value"];
        trace?: never;
    };
    "/workspaces/{ws}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries */
        get: operations["list-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a delivery with its attempts */
        get: operations["get-a-delivery-with-its-attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/deliveries/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery again */
        post: operations["send-a-delivery-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/deliveries/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the failed deliveries of a time again */
        post: operations["send-the-failed-deliveries-of-a-time-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream changes */
        get: operations["stream-changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a workspace as files */
        get: operations["download-a-workspace-as-files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List failures by their cause */
        get: operations["list-failures-by-their-cause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List forms */
        get: operations["list-forms"];
        put?: never;
        /** Create a form */
        post: operations["create-a-form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/forms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a form */
        get: operations["get-a-form"];
        put?: never;
        post?: never;
        /** Delete a form */
        delete: operations["delete-a-form"];
        options?: never;
        head?: never;
        /** Change a form */
        patch: operations["change-a-form"];
        trace?: never;
    };
    "/workspaces/{ws}/forms/{id}/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the submissions of a form */
        get: operations["list-the-submissions-of-a-form"];
        put?: never;
        /** Submit a form */
        post: operations["submit-a-form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List grants */
        get: operations["list-grants"];
        put?: never;
        /** Grant an offer */
        post: operations["grant-an-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a grant */
        get: operations["get-a-grant"];
        put?: never;
        post?: never;
        /** Revoke a grant */
        delete: operations["revoke-a-grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List hooks */
        get: operations["list-hooks"];
        put?: never;
        /** Create a hook */
        post: operations["create-a-hook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a hook and the health of its endpoint */
        get: operations["get-a-hook-and-the-health-of-its-endpoint"];
        put?: never;
        post?: never;
        /** Delete a hook */
        delete: operations["delete-a-hook"];
        options?: never;
        head?: never;
        /** Change, pause or resume a hook */
        patch: operations["change-pause-or-resume-a-hook"];
        trace?: never;
    };
    "/workspaces/{ws}/hooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a hook a new signing secret */
        post: operations["give-a-hook-a-new-signing-secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/hooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a made-up event to a hook */
        post: operations["send-a-made-up-event-to-a-hook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take files into a workspace */
        post: operations["take-files-into-a-workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file of contacts */
        post: operations["upload-a-file-of-contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Preview a file of contacts */
        get: operations["preview-a-file-of-contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/imports/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the rows that an import refused */
        get: operations["download-the-rows-that-an-import-refused"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import a file of contacts */
        post: operations["import-a-file-of-contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List open invitations */
        get: operations["list-open-invitations"];
        put?: never;
        /** Invite a member */
        post: operations["invite-a-member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["withdraw-an-invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invitation again */
        post: operations["send-an-invitation-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a job */
        get: operations["get-a-job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members */
        get: operations["list-members"];
        put?: never;
        /** Add a member who has an account */
        post: operations["add-a-member-who-has-an-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member */
        delete: operations["remove-a-member"];
        options?: never;
        head?: never;
        /** Change the role of a member */
        patch: operations["change-the-role-of-a-member"];
        trace?: never;
    };
    "/workspaces/{ws}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List offers */
        get: operations["list-offers"];
        put?: never;
        /** Create an offer */
        post: operations["create-an-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an offer */
        get: operations["get-an-offer"];
        put?: never;
        post?: never;
        /** Delete an offer */
        delete: operations["delete-an-offer"];
        options?: never;
        head?: never;
        /** Change an offer */
        patch: operations["change-an-offer"];
        trace?: never;
    };
    "/workspaces/{ws}/offers/{id}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calls of an offer's addresses */
        get: operations["list-the-calls-of-an-offer-s-addresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/offers/{id}/rotate-urls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an offer new addresses */
        post: operations["give-an-offer-new-addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/offers/{id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the addresses of an offer and who uses old ones */
        get: operations["get-the-addresses-of-an-offer-and-who-uses-old-ones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders */
        get: operations["list-orders"];
        put?: never;
        /** Record an order */
        post: operations["record-an-order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an order */
        get: operations["get-an-order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/orders/{id}/chargeback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the chargeback of an order */
        post: operations["record-the-chargeback-of-an-order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/orders/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the refund of an order */
        post: operations["record-the-refund-of-an-order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List messages to people */
        get: operations["list-messages-to-people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/outbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a message to people */
        get: operations["get-a-message-to-people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/outbox/{id}/send-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a kept or failed message again */
        post: operations["send-a-kept-or-failed-message-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List payments */
        get: operations["list-payments"];
        put?: never;
        /** Record a payment */
        post: operations["record-a-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a payment */
        get: operations["get-a-payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/payments/{id}/chargeback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the chargeback of a payment */
        post: operations["record-the-chargeback-of-a-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/payments/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the refund of a payment */
        post: operations["record-the-refund-of-a-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List purchases */
        get: operations["list-purchases"];
        put?: never;
        /** Record a purchase with its first payment */
        post: operations["record-a-purchase-with-its-first-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/purchases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a purchase */
        get: operations["get-a-purchase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/purchases/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a purchase and its access away */
        post: operations["take-a-purchase-and-its-access-away"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/purchases/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a purchase and its access back */
        post: operations["give-a-purchase-and-its-access-back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List clones whose push waits for a person */
        get: operations["list-clones-whose-push-waits-for-a-person"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a push */
        get: operations["get-a-push"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}/clones/{clone}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a clone of a push */
        get: operations["get-a-clone-of-a-push"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}/clones/{clone}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose for a clone that waits */
        post: operations["choose-for-a-clone-that-waits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}/clones/{clone}/confirm-trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm that a trigger goes */
        post: operations["confirm-that-a-trigger-goes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}/clones/{clone}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Roll a clone back */
        post: operations["roll-a-clone-back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/pushes/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide about a push */
        post: operations["decide-about-a-push"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List requests */
        get: operations["list-requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a request */
        get: operations["get-a-request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/requests/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the body of a request */
        get: operations["download-the-body-of-a-request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/requests/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a request again */
        post: operations["run-a-request-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles of a workspace */
        get: operations["list-the-roles-of-a-workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs */
        get: operations["list-runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run with its steps */
        get: operations["get-a-run-with-its-steps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a run */
        post: operations["cancel-a-run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay a run */
        post: operations["replay-a-run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a failed run go on */
        post: operations["let-a-failed-run-go-on"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the steps of a run */
        get: operations["list-the-steps-of-a-run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay, retry or cancel many runs */
        post: operations["replay-retry-or-cancel-many-runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/runs/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count runs over time */
        get: operations["count-runs-over-time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List subscriptions */
        get: operations["list-subscriptions"];
        put?: never;
        /** Record a subscription */
        post: operations["record-a-subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a subscription */
        get: operations["get-a-subscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/subscriptions/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what became of a subscription */
        post: operations["record-what-became-of-a-subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tags */
        get: operations["list-tags"];
        put?: never;
        /** Create a tag */
        post: operations["create-a-tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/tags/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a tag */
        get: operations["get-a-tag"];
        put?: never;
        post?: never;
        /** Delete a tag */
        delete: operations["delete-a-tag"];
        options?: never;
        head?: never;
        /** Rename a tag */
        patch: operations["rename-a-tag"];
        trace?: never;
    };
    "/workspaces/{ws}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List templates */
        get: operations["list-templates"];
        put?: never;
        /** Make a template of workflows */
        post: operations["make-a-template-of-workflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a template */
        get: operations["get-a-template"];
        put?: never;
        post?: never;
        /** Delete a template */
        delete: operations["delete-a-template"];
        options?: never;
        head?: never;
        /** Change a template */
        patch: operations["change-a-template"];
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the workflows of a template */
        post: operations["create-the-workflows-of-a-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/clones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the clones of a template */
        get: operations["list-the-clones-of-a-template"];
        put?: never;
        /** Clone a template for many clients */
        post: operations["clone-a-template-for-many-clients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/clones/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check who a template is cloned for */
        post: operations["check-who-a-template-is-cloned-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which clone stands where */
        get: operations["tell-which-clone-stands-where"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export a template file */
        get: operations["export-a-template-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the links of a template */
        get: operations["list-the-links-of-a-template"];
        put?: never;
        /** Share a template by a link */
        post: operations["share-a-template-by-a-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a link to a template */
        delete: operations["end-a-link-to-a-template"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Push a version to clones */
        post: operations["push-a-version-to-clones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/push/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look ahead at a push */
        post: operations["look-ahead-at-a-push"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/pushes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List pushes */
        get: operations["list-pushes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/recipe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what a new version would ask for */
        get: operations["see-what-a-new-version-would-ask-for"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a sheet to clone by */
        get: operations["download-a-sheet-to-clone-by"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/{template}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a template */
        get: operations["list-the-versions-of-a-template"];
        put?: never;
        /** Make a new version of a template */
        post: operations["make-a-new-version-of-a-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import a template file */
        post: operations["import-a-template-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/templates/inspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what a template would ask for */
        post: operations["see-what-a-template-would-ask-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflow-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the folders of workflows */
        get: operations["list-the-folders-of-workflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workflows */
        get: operations["list-workflows"];
        put?: never;
        /** Create a workflow */
        post: operations["create-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a workflow */
        get: operations["get-a-workflow"];
        /** Replace a workflow's draft */
        put: operations["replace-a-workflow-s-draft"];
        post?: never;
        /** Move a workflow to the trash */
        delete: operations["move-a-workflow-to-the-trash"];
        options?: never;
        head?: never;
        /** Change a workflow's draft */
        patch: operations["change-a-workflow-s-draft"];
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check what publishing would do */
        get: operations["check-what-publishing-would-do"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/discard-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard a workflow's draft */
        post: operations["discard-a-workflow-s-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare mappings with the last real events */
        get: operations["compare-mappings-with-the-last-real-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Duplicate a workflow */
        post: operations["duplicate-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/email-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview an e-mail as a contact */
        post: operations["preview-an-e-mail-as-a-contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/email-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test e-mail to me */
        post: operations["send-a-test-e-mail-to-me"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a workflow as a file */
        get: operations["download-a-workflow-as-a-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is held */
        get: operations["list-what-is-held"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a workflow */
        post: operations["pause-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview mappings and conditions */
        post: operations["preview-mappings-and-conditions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a workflow */
        post: operations["publish-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a workflow out of the trash */
        post: operations["take-a-workflow-out-of-the-trash"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a workflow */
        post: operations["resume-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a workflow */
        post: operations["start-a-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/scope": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what can be mapped */
        get: operations["list-what-can-be-mapped"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what steps did */
        get: operations["count-what-steps-did"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/steps/{step}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test one step of a workflow's draft */
        post: operations["test-one-step-of-a-workflow-s-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggest values for a form */
        get: operations["suggest-values-for-a-form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test a workflow's draft */
        post: operations["test-a-workflow-s-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/triggers/{trigger}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a trigger a new signing secret */
        post: operations["give-a-trigger-a-new-signing-secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/triggers/{trigger}/rotate-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a trigger a new address */
        post: operations["give-a-trigger-a-new-address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/triggers/{trigger}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep pasted data as a sample */
        post: operations["keep-pasted-data-as-a-sample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/triggers/{trigger}/send-sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a sample to a trigger */
        post: operations["send-a-sample-to-a-trigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List versions */
        get: operations["list-versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a version and what it changed */
        get: operations["get-a-version-and-what-it-changed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a version the draft */
        post: operations["make-a-version-the-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/{id}/versions/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two versions */
        get: operations["compare-two-versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{ws}/workflows/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the last week of every workflow */
        get: operations["get-the-last-week-of-every-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInputBody: {
            /** @description Of somebody new */
            name?: string;
            /** @description A new one, or that of the account; not needed by who is signed in */
            password?: string;
            timezone?: string;
            token: string;
        };
        ActInputBody: {
            /** @enum {string} */
            action: "publish" | "pause" | "set_value";
            clone_ids: string[] | null;
            /** @description For set_value: the custom value's key; it is made where it is missing */
            key?: string;
            /** @description The template that the clones are of */
            template: string;
            value?: string;
        };
        Activity: {
            /** @description The last 7 days, oldest first */
            days: components["schemas"]["Slot"][];
            /** @description The newest failure that nobody mended, of the last 7 days; null for none */
            last_error: components["schemas"]["LastError"] | null;
            total: components["schemas"]["Counts"];
            workflow_id: string;
        };
        ActorView: {
            /** @description Of a user or an API key */
            id: string;
            name: string;
        };
        Address: {
            city: string;
            country: string;
            line1: string;
            line2: string;
            postal_code: string;
            state: string;
        };
        AddressFields: {
            /** @description null or an empty text empties it */
            city?: string | null;
            /** @description null or an empty text empties it */
            country?: string | null;
            /** @description null or an empty text empties it */
            line1?: string | null;
            /** @description null or an empty text empties it */
            line2?: string | null;
            /** @description null or an empty text empties it */
            postal_code?: string | null;
            /** @description null or an empty text empties it */
            state?: string | null;
        };
        AddressView: {
            /** @description Why not, and what to do */
            note?: string;
            /** @description Whether the address is one that the internet can reach */
            reachable: boolean;
            trigger_id: string;
            url: string;
        };
        AgencyAlertsView: {
            /**
             * @description outbox: no SMTP_URL is set, so nobody gets these digests
             * @enum {string}
             */
            email_delivery: "smtp" | "outbox";
            /** @description Who gets them; empty for nobody */
            emails: string[];
            enabled: boolean;
            /** @description Why the last digest could not be sent; empty when it was */
            error: string;
            /**
             * Format: int64
             * @description The least time between two digests
             */
            every_minutes: number;
            /**
             * Format: date-time
             * @description Up to when failures were told; null for never
             */
            told_at: string | null;
        };
        AlertsView: {
            /**
             * @description outbox: no SMTP_URL is set, so e-mails are kept and shown in GET /outbox, and nobody gets them
             * @enum {string}
             */
            email_delivery: "smtp" | "outbox";
            /** @description Who gets them; empty means the owners, or nobody when there is a webhook */
            emails: string[];
            enabled: boolean;
            /**
             * Format: int64
             * @description The least time between two digests
             */
            every_minutes: number;
            /** @description The addresses that the next digest goes to */
            recipients: string[];
            /**
             * Format: date-time
             * @description Up to when failures were told; null for never
             */
            told_at: string | null;
            /** @description Gets the digest as JSON; empty for none */
            webhook_url: string;
        };
        Arg: {
            many?: boolean;
            name: string;
            optional?: boolean;
            type: string;
        };
        AskedView: {
            /** Format: date-time */
            expires_at: string;
            /** @description What to fill in; nothing that is stored is shown */
            fields: components["schemas"]["Field"][];
            /** @description What the connection is called */
            name: string;
            /** @description Nothing is to be filled in: the client signs in at the service, see /client-links/sign-in */
            sign_in: boolean;
            summary: string;
            /** @description It is tried before it is stored */
            testable: boolean;
            type: string;
            type_name: string;
            /** @description Who asks */
            workspace: string;
        };
        Attempt: {
            error?: components["schemas"]["Failure"];
            /** Format: date-time */
            finished_at?: string;
            /** Format: int64 */
            number: number;
            /** Format: date-time */
            retry_at?: string;
            /** Format: date-time */
            started_at: string;
        };
        BodyView: {
            /** @description Why it cannot be read */
            error?: string;
            files?: components["schemas"]["FileView"][] | null;
            /** @enum {string} */
            kind: "json" | "form" | "multipart" | "xml" | "text" | "empty" | "raw";
            notes?: string[] | null;
            /** @description What trigger.body holds */
            value: unknown;
        };
        BrandBody: {
            /** @description A colour such as #0b7a8c; empty takes it away */
            accent?: string;
            /** @description At most 60 characters; empty takes it away */
            name?: string;
            sender?: components["schemas"]["SenderFields"];
        };
        BrandSender: {
            /** @description Empty for that of the mail server */
            email: string;
            /** @description Empty for that of the mail server */
            name: string;
            /** @description Where answers go; empty means to email */
            reply_to: string;
        };
        BrandShown: {
            /** @description Begins every address that is shown and mailed */
            base_url: string;
            /** @description null for the product's own */
            colours: components["schemas"]["Palette"] | null;
            /** @description Path of the image, or of a picture of the name's first letter */
            logo_url: string;
            name: string;
            /** @description How outgoing calls introduce themselves */
            user_agent: string;
        };
        BrandView: {
            /** @description Such as #0b7a8c; empty for the agency's, or the product's */
            accent: string;
            domain: components["schemas"]["DomainView"];
            /** @description Path of the image; empty for none */
            logo_url: string;
            /** @description Whether the caller may change the domain: the agency's people may */
            may_domain: boolean;
            /** @description Stands wherever the product's name would; empty for the agency's, or the product's */
            name: string;
            sender: components["schemas"]["BrandSender"];
            shown: components["schemas"]["BrandShown"];
        };
        BreakView: {
            /** Format: date-time */
            at?: string;
            id?: string;
            reason: string;
            /** Format: int64 */
            seq: number;
        };
        BulkInputBody: {
            /** @enum {string} */
            action: "replay" | "retry" | "cancel";
            /** @description For replay */
            as_new?: boolean;
            /** @description The runs that a list with the same filter shows, at most the 10,000 newest */
            filter?: components["schemas"]["RunFilter"];
            /** @description The runs; or else filter */
            ids?: string[] | null;
            /**
             * @description For retry
             * @enum {string}
             */
            outcome?: "again" | "done" | "skip";
            /**
             * @description For retry
             * @enum {string}
             */
            version?: "pinned" | "live";
        };
        CanaryInput: {
            /**
             * Format: int64
             * @description How many clients come first
             */
            clones: number;
            /**
             * Format: double
             * @description By how many percentage points the share of failed runs may be higher than before
             */
            max_error_increase?: number;
            /**
             * Format: int64
             * @description How many of their runs must have finished on the new version; with fewer it waits
             */
            min_runs: number;
        };
        CanaryOutcome: {
            /**
             * Format: int64
             * @description As many of their runs before it, at most
             */
            before: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            failed_before: number;
            /**
             * Format: int64
             * @description Their finished runs on the new version
             */
            finished: number;
            /**
             * Format: int64
             * @description First clients at which the version is live
             */
            updated: number;
        };
        CanaryView: {
            /** Format: int64 */
            clones: number;
            /** Format: double */
            max_error_increase: number;
            /** Format: int64 */
            min_runs: number;
            /** @description The first clients are behind it */
            passed: boolean;
        };
        ChainView: {
            /** @description The first entry that does not fit; null for a whole chain */
            broken: components["schemas"]["BreakView"] | null;
            /** Format: int64 */
            entries: number;
            /** @description The last entry. Note it elsewhere: passed as seq and hash later, it shows also whether the whole chain was written anew */
            head: components["schemas"]["HeadView"];
            /**
             * Format: int64
             * @description How many are from before there were chains; the first entry covers them together
             */
            older: number;
            /** @description Whether no entry was changed, taken away or put in afterwards */
            whole: boolean;
        };
        Change: {
            branch?: string;
            fields?: components["schemas"]["FieldChange"][] | null;
            id?: string;
            kind: string;
            name?: string;
            pointer: string;
            text: string;
            what: string;
        };
        ChangeSubscriptionInputBody: {
            /** @enum {string} */
            change: "renewed" | "trial_ended" | "canceled";
            reason?: string;
        };
        ChargebackInputBody: {
            reason?: string;
        };
        Chart: {
            /** @enum {string} */
            by: "hour" | "day";
            /** Format: date-time */
            from: string;
            /** @description Without gaps, oldest first; of the 200,000 newest runs of that time */
            slots: components["schemas"]["Slot"][];
            /** Format: date-time */
            to: string;
            total: components["schemas"]["Counts"];
        };
        CheckBody: {
            /** @description Use the domain also when this server cannot reach itself by it, as behind some routers */
            anyway?: boolean;
        };
        CheckedRow: {
            client: string;
            /** @description Whether a workspace would be made */
            creates: boolean;
            /** @description Whether the client has the template already */
            existed: boolean;
            /** @description What was given, by the keys of the inputs; secrets as dots */
            inputs: {
                [key: string]: string;
            };
            /** @description Whether nothing can be done for this row as it is */
            refused: boolean;
            /**
             * Format: int64
             * @description Counted from 1; in a sheet the line
             */
            row: number;
            /** @description Empty for one that would be made, or that is not there */
            workspace_id: string;
            /** @description What is wrong, by the key of the input; client is the client itself */
            wrong: components["schemas"]["Wrong"][];
        };
        CheckedView: {
            /** @description The inputs that are asked for */
            columns: components["schemas"]["TemplateInput"][];
            /**
             * Format: int64
             * @description How many have the template already
             */
            existed: number;
            /**
             * Format: int64
             * @description How many become drafts that lack something
             */
            lacking: number;
            /**
             * Format: int64
             * @description How many rows nothing can be done for
             */
            refused: number;
            rows: components["schemas"]["CheckedRow"][];
        };
        ChecklistView: {
            /** @description Where senders reach the triggers that are switched on */
            addresses: components["schemas"]["AddressView"][];
            /** @description Whether no problem stands against it */
            can_publish: boolean;
            /** @description What differs from the live version, one sentence each; none before the first publish */
            changes: components["schemas"]["Change"][];
            /** @description Whether the draft differs from the live version */
            has_changes: boolean;
            held: components["schemas"]["HeldSummary"];
            /**
             * Format: int64
             * @description null before the first publish
             */
            live_version: number | null;
            /** Format: int64 */
            next_version: number;
            /** @description Runs under way, which end on the version they began with */
            open: components["schemas"]["OpenView"][];
            /** @description What publishing would refuse; pointers into the workflow as PUT takes it */
            problems: components["schemas"]["Item"][];
            warnings: components["schemas"]["Item"][];
        };
        CheckoutView: {
            /** @description Called for every purchase, whatever the offer; null for none */
            purchase_webhook_url: string | null;
        };
        Choices: {
            needs: string[];
        };
        ChoicesInputBody: {
            /** @description Key of a field of it that has choices */
            field: string;
            /** @description Ask the service although its answer of the last minute is known */
            fresh?: boolean;
            /** @description What is filled in so far; only the fields that the choices need are looked at */
            params?: unknown;
            /** @description The node type whose form asks */
            type: string;
        };
        ChoicesView: {
            /** @description In the order of the service; empty when it has none or could not be asked */
            items: components["schemas"]["Option"][];
            /** @description Why the service could not be asked and what to do, with the name of the connection; empty when it answered */
            message: string;
            /** @description Whether the service has more than are listed */
            more: boolean;
        };
        Client: {
            /**
             * Format: int64
             * @description Connections that did not work the last time
             */
            broken_connections: number;
            /**
             * Format: int64
             * @description Uses of templates that have a newer version
             */
            clones_behind: number;
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            deliveries_this_month: number;
            /** Format: int64 */
            emails_this_month: number;
            /**
             * Format: int64
             * @description Live runs that failed, or need a decision, in the last 24 hours and still stand so
             */
            failed_24h: number;
            /** @description The same by hour, from 24 hours ago on */
            failures: number[];
            /**
             * Format: int64
             * @description Requests and runs that wait for a publish, a resume or a limit; counted up to 20,000
             */
            held: number;
            /** @example ws_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /**
             * Format: date-time
             * @description When the last request came or the last run began; null for never
             */
            last_event_at: string | null;
            limits: {
                [key: string]: number;
            };
            name: string;
            /**
             * Format: int64
             * @description Live runs that began in this month, in UTC; up to two minutes behind
             */
            runs_this_month: number;
            sandbox: boolean;
            /**
             * Format: int64
             * @description Workflows of templates that have received nothing yet
             */
            silent_workflows: number;
            slug: string;
            /**
             * Format: int64
             * @description Connections that a client was asked to fill in
             */
            waiting_connections: number;
        };
        ClientLink: {
            connection_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @example lnk_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            state: "open" | "used" | "revoked" | "expired";
            /** @description Only in the answer that made it; whoever has it may fill the connection in, once */
            url?: string;
            /** Format: date-time */
            used_at: string | null;
        };
        Cloned: {
            /** @description Of an own template */
            clone_id?: string;
            /** @description Whether the workspace had them already, and nothing was made */
            existed?: boolean;
            /** @description The sender's sample to try it with, or an event of hookloom; null for none */
            sample: components["schemas"]["Sample"] | null;
            workflows: components["schemas"]["ClonedWorkflow"][];
            /** @description Inputs that are empty or cannot be used; their places are left empty */
            wrong?: components["schemas"]["Wrong"][] | null;
        };
        ClonedWorkflow: {
            id: string;
            name: string;
            triggers: components["schemas"]["TriggerView"][];
        };
        CloneInputBody: {
            /** @description Of an own template: make another set of workflows although the workspace has one */
            again?: boolean;
            /** @description Values by the keys of the template's inputs */
            inputs?: {
                [key: string]: unknown;
            };
            /** @description Name of the workflow; the template's own when left out, or when it has several workflows */
            name?: string;
        };
        CloneRow: {
            /** @description A workspace's id, slug or name */
            client: string;
            /** @description Values by the keys of the template's inputs */
            inputs?: {
                [key: string]: unknown;
            };
        };
        CloneRows: {
            /** @description Make another set of workflows for clients that have one already, rather than pass them over */
            again?: boolean;
            /** @description Make a workspace for each client that is not there */
            create_missing?: boolean;
            /** @description A filled-in sheet; or else rows */
            csv?: string;
            /** @description Publish each workflow that nothing stands against */
            publish?: boolean;
            rows?: components["schemas"]["CloneRow"][] | null;
        };
        CloneView: {
            client: string;
            /** Format: date-time */
            created_at: string;
            id: string;
            reason: string;
            slug: string;
            /**
             * @description What the last clone or push left
             * @enum {string}
             */
            state: "ready" | "needs_input";
            /** Format: int64 */
            version: number;
            workflows: components["schemas"]["CloneWorkflowView"][];
            workspace_id: string;
        };
        CloneWorkflowView: {
            id: string;
            name: string;
            /** @description What stands against publishing it; empty for nothing */
            reason: string;
            /** @description Whether anything was received yet */
            received: boolean;
            /** @enum {string} */
            status: "draft" | "live" | "paused" | "deleted";
            triggers: components["schemas"]["TriggerView"][];
        };
        ConnectInputBody: {
            /** @description Path of the app to go on to afterwards, such as /w/main/connections */
            back?: string;
        };
        ConnectionView: {
            /** @example cxn_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @example Course platform */
            name: string;
            /** @description The fields of the type; stored secrets show as ******** */
            params: unknown;
            /** @description Why it did not work the last time; empty when it did, or was not tried since it was changed */
            problem: string;
            /** @description How it stands when somebody signs in for it at the service */
            sign_in?: components["schemas"]["SignInView"];
            /** @example auth.bearer */
            type: string;
            /**
             * Format: date-time
             * @description Since when a client is asked to fill it in; null when nobody is
             */
            waiting_since: string | null;
        };
        ConnectView: {
            /** Format: date-time */
            expires_at: string;
            /** @description The service's page, to be opened in this browser */
            url: string;
        };
        ContactFields: {
            address?: components["schemas"]["AddressFields"];
            /** @description null or an empty text empties it */
            company?: string | null;
            /** @description null or an empty text empties it */
            date_of_birth?: string | null;
            /**
             * @description null or an empty text empties it
             * @example ada@example.com
             */
            email?: string | null;
            /** @description null or an empty text empties it */
            external_user_id?: string | null;
            /** @description Own fields by key; null empties one, others stay */
            fields?: unknown;
            /** @description null or an empty text empties it */
            first_name?: string | null;
            /** @description null or an empty text empties it */
            last_name?: string | null;
            /**
             * @description null or an empty text empties it
             * @example Ada Lovelace
             */
            name?: string | null;
            /**
             * @description null or an empty text empties it
             * @example +14155552671
             */
            phone?: string | null;
            /** @description null or an empty text empties it */
            source?: string | null;
            subscribed?: boolean;
            /** @description The whole list: tags that are not in it are removed, each change raises an event */
            tags?: string[] | null;
            /** @description null or an empty text empties it */
            timezone?: string | null;
        };
        ContactFilter: {
            q?: string;
            tag?: string;
        };
        ContactView: {
            address: components["schemas"]["Address"];
            company: string;
            /** Format: date-time */
            created_at: string;
            /** @description YYYY-MM-DD, or empty */
            date_of_birth: string;
            /** @example ada@example.com */
            email: string;
            external_user_id: string;
            /** @description Own fields by key */
            fields: unknown;
            first_name: string;
            /** @example con_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            last_name: string;
            /** @example Ada Lovelace */
            name: string;
            /** Format: int64 */
            number: number;
            /** @example +14155552671 */
            phone: string;
            /** @description What active grants give access to */
            products: components["schemas"]["Product"][];
            source: string;
            subscribed: boolean;
            tags: string[];
            timezone: string;
            /** Format: date-time */
            updated_at: string;
        };
        Counts: {
            /** Format: int64 */
            canceled: number;
            /**
             * Format: int64
             * @description Failed or parked
             */
            failed: number;
            /**
             * Format: int64
             * @description Queued, running, waiting or held
             */
            open: number;
            /** Format: int64 */
            succeeded: number;
        };
        CourseEventRecorded: {
            already_recorded: boolean;
            contact_id: string;
            course: string;
            external_id: string;
            /** @example crs_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "enrolled" | "lesson_completed" | "completed" | "certificate" | "milestone";
            /** @description The lesson, or the certificate's or milestone's name */
            lesson: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            percent: number;
            product_id: string | null;
            run_id: string | null;
        };
        CourseEventView: {
            contact_id: string;
            course: string;
            external_id: string;
            /** @example crs_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "enrolled" | "lesson_completed" | "completed" | "certificate" | "milestone";
            /** @description The lesson, or the certificate's or milestone's name */
            lesson: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            percent: number;
            product_id: string | null;
            run_id: string | null;
        };
        CreateConnectionInputBody: {
            name: string;
            params: unknown;
            /** @description A node type of kind connection */
            type: string;
        };
        CreateCourseEventInputBody: {
            contact_id?: string;
            course: string;
            /** @description Instead of contact_id: the contact with this e-mail, made when there is none */
            email?: string;
            external_id?: string;
            /** @enum {string} */
            kind: "enrolled" | "lesson_completed" | "completed" | "certificate" | "milestone";
            lesson?: string;
            /** @description Of a contact named by its e-mail */
            name?: string;
            /** Format: date-time */
            occurred_at?: string;
            /** Format: int64 */
            percent?: number;
            product_id?: string;
        };
        CreateFieldInputBody: {
            /** @description Made of the label when left out */
            key?: string;
            /**
             * @description text when left out
             * @enum {string}
             */
            kind?: "text" | "number" | "date" | "choice" | "switch";
            label: string;
            /** @description Of a choice */
            options?: string[] | null;
        };
        CreateGrantInputBody: {
            contact_id: string;
            /** @description Id or exact title, instead of offer_id */
            offer?: string;
            offer_id?: string;
            /**
             * @description Whether the contact gets a welcome e-mail; if_subscribed when left out
             * @enum {string}
             */
            send_email?: "never" | "if_subscribed" | "always";
        };
        CreateHookInputBody: {
            /** @description Of order.created: true for cart orders only, false for others only */
            cart?: boolean;
            /** @description One of the events of the documentation, or run.succeeded or run.failed */
            event?: string;
            /**
             * @description standard when left out
             * @enum {string}
             */
            format?: "standard" | "kajabi" | "kajabi_flat" | "kajabi_api";
            name?: string;
            /** @description Id or number of the offer, tag, form, contact, product or workflow, as the event has it; empty for all */
            resource_id?: string;
            /** @description whsec_ and base64 of 24 to 64 bytes; made when left out */
            secret?: string;
            url?: string;
        };
        CreateOfferInputBody: {
            products?: components["schemas"]["ProductRef"][] | null;
            /** @description Called for each purchase of the offer */
            purchase_webhook_url?: string;
            title: string;
        };
        CreateOrderInputBody: {
            /** @description Whether the offers are granted; true when left out */
            access?: boolean;
            cart?: boolean;
            contact_id?: string;
            coupon?: string;
            currency?: string;
            /** Format: int64 */
            discount?: number;
            /** @description Instead of contact_id: the contact with this e-mail, made when there is none */
            email?: string;
            external_id?: string;
            /** @description The primary offer first, then its bumps. One-time offers are one payment; subscriptions and payment plans stay payments of their own */
            items: components["schemas"]["SoldItem"][] | null;
            /** @description Of a contact named by its e-mail */
            name?: string;
            /** Format: int64 */
            tax?: number;
        };
        CreatePaymentInputBody: {
            /** @description Whether a first payment grants the offers; true when left out */
            access?: boolean;
            /**
             * Format: int64
             * @description In the currency's smallest unit, tax included
             */
            amount: number;
            contact_id?: string;
            currency?: string;
            /** @description Instead of contact_id: the contact with this e-mail, made when there is none */
            email?: string;
            external_id?: string;
            /** @description Records a payment that did not go through */
            failed?: boolean;
            /**
             * @description What comes next when left out. A one-time and a first payment make the purchase, unless it is there
             * @enum {string}
             */
            kind?: "one_time" | "first" | "instalment";
            /** @description Of a contact named by its e-mail */
            name?: string;
            /** @description Ids or exact titles; not needed with a subscription, purchase or order */
            offer_ids?: string[] | null;
            order_id?: string;
            /** @description Id or external id of the purchase that it is a later payment of */
            purchase_id?: string;
            reason?: string;
            subscription_id?: string;
            /** Format: int64 */
            tax?: number;
        };
        CreatePurchaseInputBody: {
            /** @description Whether the offer is granted; true when left out */
            access?: boolean;
            /**
             * Format: int64
             * @description What is paid at once, tax included, in the currency's smallest unit; 0 is free
             */
            amount?: number;
            contact_id?: string;
            coupon?: string;
            /** @description ISO 4217; the workspace's when left out */
            currency?: string;
            /** @description Instead of contact_id: the contact with this e-mail, made when there is none */
            email?: string;
            /** @description Its id where it was made; one that is known is not recorded again */
            external_id?: string;
            /**
             * @description Of a subscription
             * @enum {string}
             */
            interval?: "day" | "week" | "month" | "year";
            /** @description Of a contact named by its e-mail */
            name?: string;
            /** @description Id or exact title, instead of offer_id */
            offer?: string;
            offer_id?: string;
            /** @enum {string} */
            payment_type?: "one_time" | "subscription" | "payment_plan" | "free";
            /** Format: int64 */
            quantity?: number;
            referrer?: string;
            source?: string;
            /**
             * Format: int64
             * @description The part of the amount that is tax
             */
            tax?: number;
        };
        CreateSubmissionInputBody: {
            /** @description By the fields' keys; a consent is given by any text but false, no, off and 0 */
            answers: {
                [key: string]: string;
            };
            source?: string;
        };
        CreateSubscriptionInputBody: {
            access?: boolean;
            /** Format: int64 */
            amount?: number;
            contact_id?: string;
            currency?: string;
            /** @description Instead of contact_id: the contact with this e-mail, made when there is none */
            email?: string;
            external_id?: string;
            /** @enum {string} */
            interval?: "day" | "week" | "month" | "year";
            /** @description Of a contact named by its e-mail */
            name?: string;
            /** @description Id or exact title, instead of offer_id */
            offer?: string;
            offer_id?: string;
            trial?: boolean;
            /**
             * Format: date-time
             * @description Makes it a trial
             */
            trial_ends_at?: string;
        };
        CreateValueInputBody: {
            /** @description Made of the name when left out */
            key?: string;
            name: string;
            value: unknown;
        };
        CreateWorkflowInputBody: {
            /** @description The workflow's document; without one, an empty draft */
            definition?: unknown;
            /** @example New buyers get access */
            name: string;
        };
        DeliveryDetail: {
            /** @description The last answer: status, headers, body, duration_ms */
            answer: unknown;
            attempts: components["schemas"]["Attempt"][];
            /** @description What is sent; null without the right to read it, or when it is not kept any more */
            body: unknown;
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            error: components["schemas"]["Failure"] | null;
            /** @description null when the hook was deleted */
            event: string | null;
            /** @description null for one that was sent again */
            event_id: string | null;
            /** Format: date-time */
            finished_at: string | null;
            hook_id: string;
            /** @example dlv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description The workspace was a sandbox, so nothing was sent */
            kept: boolean;
            /** Format: date-time */
            next_try_at: string | null;
            /** @description The call of the last attempt, its signature made with the secrets of today; null before the first attempt, without the right to read what is sent, and when that is not kept any more */
            request: components["schemas"]["SentRequest"] | null;
            /** @description The delivery that this one sends again */
            resend_of: string | null;
            run_id: string;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
            /** @description Whether it is made up: a test of the hook, tried once */
            test: boolean;
            /** @description Where it was sent; null before the first attempt */
            url: string | null;
            /** @description The header webhook-id: the same for all attempts, and when it is sent again */
            webhook_id: string;
        };
        DeliveryView: {
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            error: components["schemas"]["Failure"] | null;
            /** @description null when the hook was deleted */
            event: string | null;
            /** @description null for one that was sent again */
            event_id: string | null;
            /** Format: date-time */
            finished_at: string | null;
            hook_id: string;
            /** @example dlv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description The workspace was a sandbox, so nothing was sent */
            kept: boolean;
            /** Format: date-time */
            next_try_at: string | null;
            /** @description The delivery that this one sends again */
            resend_of: string | null;
            run_id: string;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
            /** @description Whether it is made up: a test of the hook, tried once */
            test: boolean;
            /** @description The header webhook-id: the same for all attempts, and when it is sent again */
            webhook_id: string;
        };
        DiffView: {
            /** @description One sentence each, in the order of the newer document */
            changes: components["schemas"]["Change"][];
            from: string;
            to: string;
        };
        DomainBody: {
            /** @description A host name such as flows.client.com; empty takes it away */
            name: string;
        };
        DomainView: {
            /** Format: date-time */
            checked_at: string | null;
            /** @description Empty for none */
            name: string;
            /**
             * @description waiting: it was not seen to lead here yet, so nothing uses it
             * @enum {string}
             */
            state: "none" | "waiting" | "active";
            /** @description The host that its DNS record should point to: a CNAME to this name, or the same address */
            target: string;
            /** @description Why it did not lead here when it was looked at last; empty when it did */
            trouble: string;
            /** @description The address that it has, or would have; empty for none */
            url: string;
        };
        Done: {
            /**
             * @description different is there under this name and was left as it is
             * @enum {string}
             */
            action: "created" | "changed" | "same" | "different";
            /** @description How the file differs from what is there */
            changes: string[];
            /** @description The path in the zip; empty for what the workspace's file lists */
            file: string;
            /** @description Of a workflow or template; empty for a new one before it is stored */
            id: string;
            /** @enum {string} */
            kind: "workflow" | "template" | "tag" | "contact_field" | "custom_value" | "product" | "offer" | "form" | "connection" | "hook";
            name: string;
        };
        Drift: {
            /**
             * Format: int64
             * @description How many of the last real events were looked at, at most 10; tests and samples do not count
             */
            events: number;
            /** @description Only paths that at least one event lacked */
            items: components["schemas"]["Drifting"][];
            trigger: string;
        };
        Drifting: {
            /** @example trigger.body.customer.email */
            expression: string;
            /**
             * Format: int64
             * @description How many of the events had no such value, or an empty one
             */
            lacked: number;
            path: string[];
            /** @description The newest event that lacked it */
            request_id: string;
            /** @description Ids of the steps that map it */
            steps: string[];
        };
        DriftOf: {
            id: string;
            /** Format: int64 */
            live_version: number;
            name: string;
            /** @description Whether anything was received yet */
            received: boolean;
            /** @enum {string} */
            status: "draft" | "live" | "paused" | "deleted";
        };
        DriftView: {
            /**
             * Format: int64
             * @description How many versions are newer
             */
            behind: number;
            clone_id: string;
            /** @description What the client has changed of the template, in sentences */
            edits: string[];
            /** @description What its last push made of it; null for none */
            push: components["schemas"]["PushCloneView"] | null;
            /** Format: int64 */
            version: number;
            workflows: components["schemas"]["DriftOf"][];
            workspace: components["schemas"]["MeWorkspace"];
        };
        EditedInput: {
            default?: unknown;
            example?: string;
            help?: string;
            key: string;
            kind: string;
            label: string;
            /** @enum {string} */
            mode?: "ask" | "find_or_create" | "fixed";
            required?: boolean;
            /** @description As found */
            stands_for: string;
        };
        EmailBody: {
            /** @description The contact to look at; that of the run, or else the newest one, when left out */
            contact_id?: string;
            /** @description Params of email.send as they are typed now, saved or not; those of step when left out */
            params?: {
                [key: string]: unknown;
            };
            /** @description Becomes trigger.body, in the place of request_id and run_id */
            payload?: unknown;
            /** @description A stored request to look at */
            request_id?: string;
            /** @description A run of this workflow to look at; its steps' outputs count first */
            run_id?: string;
            /** @description The step of the saved draft in whose place to look; the end of the workflow when left out */
            step?: string;
            /** @description Id of a trigger of the draft; that of the request or run, or else the first that is switched on, when left out */
            trigger?: string;
        };
        EmailView: {
            /** @description Whose values fill it in; empty when there is none */
            contact_id: string;
            /** @description Empty for the mail server's own sender */
            from_email: string;
            from_name: string;
            /** @description The whole page, clean: show it in a frame without scripts */
            html: string;
            /** @description Paths that the sample does not have and no default stands for */
            missing: string[];
            notes: string[];
            reply_to: string;
            /** @description Why this contact would not get it; empty when it would */
            skipped: string;
            subject: string;
            /** @description The plain part */
            text: string;
            to: string;
        };
        EntryView: {
            action: string;
            /** @description null for the server itself and for somebody who did not sign in */
            actor: components["schemas"]["ActorView"] | null;
            /** Format: date-time */
            at: string;
            detail?: {
                [key: string]: unknown;
            };
            /** @description SHA-256 over the hash of the entry before and this entry, in hex */
            hash?: string;
            id: string;
            ip?: string;
            /** @description null when the action says it all */
            object: components["schemas"]["ObjectView"] | null;
            /**
             * Format: int64
             * @description Place in the chain of the workspace, from 1; 0 for an entry from before there were chains
             */
            seq: number;
        };
        Failure: {
            code: string;
            detail?: string;
            field?: string;
            message: string;
            step?: string;
        };
        FailureGroup: {
            code: string;
            /**
             * Format: int64
             * @description How many runs
             */
            count: number;
            /** @description The technical cause */
            detail?: string;
            /** @description JSON pointer of the field at fault inside the step's params */
            field?: string;
            /** @description What POST /runs/bulk takes to retry exactly these */
            filter: components["schemas"]["GroupFilter"];
            /** Format: date-time */
            first_at: string;
            /** @description Names the group in filters: GET /runs?failure=ID */
            id: string;
            /** @description Whether the draft still has that step, so that it can be opened */
            in_draft: boolean;
            /** Format: date-time */
            last_at: string;
            /** @description What happened to the newest one */
            message: string;
            /** @description Whether a newer version is live: retry with version=live continues on it */
            newer_version: boolean;
            /** @description The newest run, as an example */
            run_id: string;
            /**
             * @description parked needs a person: an effect may or may not have happened
             * @enum {string}
             */
            status: "failed" | "parked";
            /** @description Empty when no single step is to blame */
            step_id?: string;
            step_name?: string;
            step_type?: string;
            /**
             * Format: int64
             * @description The version that the newest run was of
             */
            version: number;
            /** @description Whether the workflow was deleted */
            workflow_gone?: boolean;
            workflow_id: string;
            workflow_name: string;
        };
        Field: {
            advanced?: boolean;
            choices?: components["schemas"]["Choices"];
            default?: unknown;
            example?: string;
            fields?: components["schemas"]["Field"][] | null;
            help?: string;
            item?: string;
            key: string;
            kind: string;
            label: string;
            /** Format: double */
            max?: number;
            /** Format: double */
            min?: number;
            no_map?: boolean;
            of?: string;
            options?: components["schemas"]["Option"][] | null;
            ref?: string;
            required?: boolean;
            show_if?: components["schemas"]["ShowIf"];
            tab?: string;
        };
        FieldChange: {
            new: unknown;
            old: unknown;
            pointer: string;
        };
        FieldView: {
            /** Format: date-time */
            created_at: string;
            id: string;
            /**
             * @description contact.fields.KEY in mappings
             * @example favourite_colour
             */
            key: string;
            /** @enum {string} */
            kind: "text" | "number" | "date" | "choice" | "switch";
            /** @example Favourite colour */
            label: string;
            /** @description Of a choice */
            options: string[];
        };
        FileView: {
            content_type: string;
            field: string;
            name: string;
            /** Format: int64 */
            size: number;
        };
        FilledView: {
            /** @description What the service said when the test did not work; empty when it did, or there is none */
            message: string;
            /** @description The link is used up then */
            stored: boolean;
        };
        FillLinkInputBody: {
            /** @description Store it also when the test says that it does not work */
            anyway?: boolean;
            params: unknown;
            token: string;
        };
        FolderView: {
            /** @example Sales */
            name: string;
        };
        FormFieldBody: {
            help?: string;
            /** @description Names the answer; made of the label when left out */
            key?: string;
            /** @enum {string} */
            kind: "text" | "email" | "phone" | "choice" | "consent";
            label: string;
            /** @description Of a choice */
            options?: string[] | null;
            required?: boolean;
            /** @description Where the answer goes: a field of the contact such as first_name, fields.KEY, subscribed for a consent to marketing e-mail, or none */
            to?: string;
        };
        FormParts: {
            button?: string;
            /** @description The whole list */
            fields?: components["schemas"]["FormFieldBody"][];
            intro?: string;
            offer_ids?: string[];
            open?: boolean;
            /** @description Where the browser goes after a submission, instead of the thank-you text */
            redirect_url?: string;
            tags?: string[];
            thank_you?: string;
            title?: string;
            /** @description Called for each submission; empty for none */
            webhook_url?: string;
        };
        FormView: {
            button: string;
            /** Format: date-time */
            created_at: string;
            /** @description HTML that shows the form on another page; it needs no scripts */
            embed: string;
            fields: components["schemas"]["FormFieldBody"][];
            /** @example frm_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            intro: string;
            /** Format: int64 */
            number: number;
            /** @description Granted to who submits */
            offer_ids: string[];
            open: boolean;
            redirect_url: string;
            /** @description Added to who submits */
            tags: string[];
            thank_you: string;
            /** @example Webinar */
            title: string;
            /** Format: date-time */
            updated_at: string;
            /** @description The hosted page */
            url: string;
            /** @description Called for each submission; null for none, and without the right to write forms */
            webhook_url: string | null;
        };
        FoundView: {
            /**
             * Format: date-time
             * @description Of a run or request when it came, of a contact when it changed; null for a workflow
             */
            at: string | null;
            /** @description A contact's name, a run's status, a request's verdict; may be empty */
            detail: string;
            id: string;
            /** @enum {string} */
            kind: "contact" | "workflow" | "run" | "request";
            /** @description An e-mail address, a workflow's name, or the id */
            label: string;
            workspace: components["schemas"]["MeWorkspace"];
        };
        Function: {
            aliases?: string[] | null;
            args: components["schemas"]["Arg"][] | null;
            example: string;
            group: string;
            name: string;
            result: unknown;
            summary: string;
        };
        GrantAnswerBody: {
            /** @description Whether the contact had access before; nothing was changed then */
            already_granted: boolean;
            contact_id: string;
            /** @description What became of the welcome e-mail: queued, or why there is none */
            email: string;
            /** Format: date-time */
            granted_at: string;
            /** @example grt_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            offer_id: string;
            /**
             * Format: date-time
             * @description null while it is active
             */
            revoked_at: string | null;
            /** @description The run that granted it; null when a person or the API did */
            run_id: string | null;
        };
        GrantView: {
            contact_id: string;
            /** Format: date-time */
            granted_at: string;
            /** @example grt_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            offer_id: string;
            /**
             * Format: date-time
             * @description null while it is active
             */
            revoked_at: string | null;
            /** @description The run that granted it; null when a person or the API did */
            run_id: string | null;
        };
        GroupFilter: {
            failure: string;
            status: string;
            workflow_id: string;
        };
        HeadView: {
            hash: string;
            /** Format: int64 */
            seq: number;
        };
        HeldAnswer: {
            /**
             * Format: int64
             * @description How many there are, counted up to 10,000
             */
            count: number;
            /** @description Newest first, at most 100 */
            items: components["schemas"]["HeldView"][];
        };
        HeldBody: {
            /**
             * @description What becomes of the requests and runs that were kept: run them in the order in which they came, keep them, or throw them away
             * @enum {string}
             */
            held?: "run" | "keep" | "discard";
        };
        HeldSummary: {
            /**
             * Format: int64
             * @description Requests and runs that are kept, counted up to 10,000; GET /workflows/{id}/held lists them
             */
            count: number;
            /**
             * @description What publish or resume does with them unless held says otherwise
             * @enum {string}
             */
            default: "keep" | "run";
        };
        HeldView: {
            /** Format: date-time */
            at: string;
            id: string;
            /**
             * @description request: came before the first publish; run: came while paused
             * @enum {string}
             */
            kind: "request" | "run";
            /** @description The beginning of the data */
            preview: string;
            /** @description The request that a run answers */
            request_id: string | null;
            trigger_id: string;
        };
        HookView: {
            /** @description Of order.created: true for cart orders only, false for others only, null for all */
            cart: boolean | null;
            /** Format: date-time */
            created_at: string;
            /** @example purchase.created */
            event: string;
            /**
             * Format: date-time
             * @description null while deliveries succeed
             */
            failing_since: string | null;
            /**
             * Format: int64
             * @description Attempts that failed since the last one that succeeded
             */
            failures: number;
            /** @enum {string} */
            format: "standard" | "kajabi" | "kajabi_flat" | "kajabi_api";
            /** @enum {string} */
            health: "new" | "good" | "failing";
            /** @example hk_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /**
             * Format: int64
             * @description How many deliveries wait for a paused hook, counted up to 10,000
             */
            kept: number;
            last_error: string;
            /** Format: date-time */
            last_failure_at: string | null;
            /**
             * Format: int64
             * @description HTTP status of the last answer
             */
            last_status: number | null;
            /**
             * Format: date-time
             * @description To within ten seconds
             */
            last_success_at: string | null;
            name: string;
            /**
             * Format: date-time
             * @description When the delivery that failed last is tried again
             */
            next_try_at: string | null;
            /** Format: int64 */
            number: number;
            /**
             * @description Where the address stands: at the offer or form that is resource_id, or at the checkout of the whole site; empty for a hook of its own
             * @enum {string}
             */
            place: "offer" | "form" | "site" | "";
            /** @description Why it is not active */
            reason: string;
            /** @description The only thing whose events are sent; null for all */
            resource_id: string | null;
            /** @enum {string} */
            status: "active" | "paused" | "disabled";
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        ImportColumn: {
            /** @description What it seems to be: a target, or empty to leave it out */
            guess: string;
            heading: string;
            /** Format: int64 */
            index: number;
            /** @description Of the first rows that have one */
            samples: string[];
        };
        ImportTarget: {
            /** @example E-mail */
            label: string;
            /** @example email */
            target: string;
        };
        ImportView: {
            columns: components["schemas"]["ImportColumn"][];
            delimiter: string;
            /** @enum {string} */
            encoding: "utf-8" | "utf-16" | "windows-1252";
            /**
             * Format: date-time
             * @description The file is deleted then
             */
            expires_at: string;
            /** @description Whether the first row names the columns */
            header: boolean;
            /** @example imp_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description The job that imports it; null before it was started */
            job_id: string | null;
            name: string;
            /** @description Whether there is a report of refused rows to download */
            refused: boolean;
            /**
             * Format: int64
             * @description Without the heading
             */
            rows: number;
            /** @description What a column can become */
            targets: components["schemas"]["ImportTarget"][];
        };
        InvitationView: {
            email: string;
            /** @description Whether its link is over; send it again for a new one */
            expired: boolean;
            /** Format: date-time */
            expires_at: string;
            /** @example inv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description Who invited, by name */
            invited_by: string;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
            /** Format: date-time */
            sent_at: string;
        };
        InvitedView: {
            /** @description What the role may do, in plain words */
            about: string;
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Whether the address has an account: its password accepts. Otherwise a name and a new password do. */
            has_account: boolean;
            invited_by: string;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
            /** @description Its name; empty for the agency, whose people belong to every workspace */
            workspace: string;
        };
        Item: {
            /** @description A stable name for programs */
            code: string;
            /** Format: int64 */
            column?: number;
            /** @description What is wrong and what to do */
            detail: string;
            /**
             * Format: int64
             * @description Line inside the text that pointer names
             */
            line?: number;
            /** @description Name of the parameter of the path, the query or a header */
            parameter?: string;
            /** @description JSON pointer into the body; empty for a parameter */
            pointer: string;
            /** @description warning, or nothing */
            severity?: string;
            /** @description Id of the workflow's step or trigger */
            step?: string;
        };
        JobStarted: {
            job_id: string;
            /**
             * Format: int64
             * @description How many runs, rows or contacts it is about
             */
            total: number;
        };
        JobView: {
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            done: number;
            /**
             * Format: int64
             * @description How many were refused; result says why
             */
            failed: number;
            /** Format: date-time */
            finished_at: string | null;
            /** @example job_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "runs.bulk" | "contacts.import" | "contacts.start" | "templates.clone" | "clones.act";
            /** @description What became of it, by kind: errors names the first 100 runs, lines, contacts or clients that were refused, each with detail; an import counts created, updated and unchanged besides */
            result: unknown;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "canceled";
            /** Format: int64 */
            total: number;
            /** Format: date-time */
            updated_at: string;
        };
        KeyBody: {
            /** Format: date-time */
            expires_at?: string;
            /** @description Where it is used */
            name: string;
            /** @description Such as contacts:write; * for everything */
            scopes: string[] | null;
        };
        KeyView: {
            /** Format: date-time */
            created_at: string;
            /** @description Id of the user */
            created_by: string;
            /**
             * Format: date-time
             * @description null for a key that does not expire
             */
            expires_at: string | null;
            id: string;
            /**
             * Format: date-time
             * @description To within five minutes; null when it was never used
             */
            last_used_at: string | null;
            name: string;
            /** @description How the key begins */
            prefix: string;
            scopes: string[];
        };
        Label: {
            label: string;
            path: string;
            role?: string;
        };
        LastError: {
            /** Format: date-time */
            at: string;
            message: string;
            run_id: string;
            step_id?: string;
        };
        LastRunView: {
            /** Format: date-time */
            created_at: string;
            id: string;
            status: string;
        };
        LogoBody: {
            /** @description A PNG, JPEG or WebP of at most 256 KB and 2000 pixels a side, in base64 */
            image: string;
        };
        LookInputBody: {
            /** @description Behind the # of the invitation's address */
            token: string;
        };
        MakeTemplateInputBody: {
            /** @description What is to do elsewhere */
            about?: string;
            category?: string;
            /** @description What was changed by hand of the inputs that were found, in the order to ask them; each names what it stands_for */
            inputs?: components["schemas"]["EditedInput"][] | null;
            name?: string;
            notes?: string;
            summary?: string;
            /** @description The texts that are asked for */
            texts?: components["schemas"]["Mark"][] | null;
            /** @description The workflows that it is made of. Left out for a new version: those of the version before */
            workflow_ids?: string[] | null;
        };
        MappingFault: {
            code: string;
            /**
             * Format: int64
             * @description Characters, from 1
             */
            column: number;
            /** Format: int64 */
            line: number;
            message: string;
            /**
             * Format: int64
             * @description Bytes from the beginning of that text
             */
            offset: number;
            /** @description Of the text inside the value */
            pointer: string;
        };
        MappingView: {
            functions: components["schemas"]["Function"][] | null;
            /** @description The comparisons of a condition's rows */
            operators: components["schemas"]["Operator"][] | null;
            /** @description What a mapping can name first */
            roots: string[] | null;
        };
        Mark: {
            pointer: string;
            step: string;
            workflow: string;
        };
        Me: {
            /** @description May change workspaces on the whole installation: create them, and set their features and limits */
            agency: boolean;
            /** @description What the caller may do on the installation itself; * for everything, empty for who belongs to single workspaces */
            agency_scopes: string[];
            /** @description For an API key */
            key?: components["schemas"]["MeKey"];
            /** @description For a session */
            user?: components["schemas"]["MeUser"];
            workspaces: components["schemas"]["MeWorkspace"][];
        };
        MeKey: {
            id: string;
            name: string;
            /** @description What the key may do in each workspace that it sees */
            scopes: string[];
        };
        MemberBody: {
            email: string;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
        };
        MemberView: {
            /** @description Whether they belong to the agency, and so to every workspace */
            agency: boolean;
            /**
             * Format: date-time
             * @description Since when
             */
            created_at: string;
            email: string;
            /**
             * @description Id of the user
             * @example usr_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10
             */
            id: string;
            /**
             * Format: date-time
             * @description To within five minutes; null for who never signed in
             */
            last_seen_at: string | null;
            /** @description Whether the caller may change this role or remove the person */
            may_change: boolean;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
            you: boolean;
        };
        MessageView: {
            /** Format: int64 */
            attempts: number;
            body: string;
            /** @enum {string} */
            channel: "email" | "webhook";
            /** @description Whom it is to, when that is a contact */
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Why the last attempt failed, or why it was skipped or kept */
            error?: string;
            /** @example msg_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /**
             * @description hook tells that a webhook was paused or switched off, email is a step's, grant the confirmation of one, email_test somebody's test of a step
             * @enum {string}
             */
            kind: "digest" | "test" | "email" | "grant" | "email_test" | "hook";
            /** @description The run whose step wrote it */
            run_id: string | null;
            /** Format: date-time */
            sent_at: string | null;
            /**
             * @description kept: there is no SMTP_URL, or the workspace is a sandbox, so it is only shown here; skipped: its reader does not want it
             * @enum {string}
             */
            status: "queued" | "sending" | "sent" | "kept" | "failed" | "skipped";
            /** @description That step's path */
            step?: string;
            subject: string;
            /** @description The address; of a webhook only its host */
            target: string;
        };
        MeUser: {
            email: string;
            id: string;
            name: string;
            /** @description IANA name of the zone in which the person reads times; empty for that of the browser */
            timezone: string;
        };
        MeWorkspace: {
            id: string;
            name: string;
            /** @description Nothing leaves this workspace: calls and e-mails are kept */
            sandbox: boolean;
            /** @description What the caller may do in it; * for everything. payloads:read is seeing the values inside of runs and requests. */
            scopes: string[];
            slug: string;
        };
        Need: {
            /** @description What is to do, in a sentence */
            detail: string;
            /** @enum {string} */
            kind: "connection" | "secret" | "custom_value" | "hook" | "workflow";
            name: string;
            /** @description Whether it has to be done before the workflow can be published */
            required: boolean;
            /** @description Id of its trigger or step */
            step: string;
            /** @description Name of the workflow; empty for none in particular */
            workflow: string;
        };
        NewHookView: {
            /** @description Of order.created: true for cart orders only, false for others only, null for all */
            cart: boolean | null;
            /** Format: date-time */
            created_at: string;
            /** @example purchase.created */
            event: string;
            /**
             * Format: date-time
             * @description null while deliveries succeed
             */
            failing_since: string | null;
            /**
             * Format: int64
             * @description Attempts that failed since the last one that succeeded
             */
            failures: number;
            /** @enum {string} */
            format: "standard" | "kajabi" | "kajabi_flat" | "kajabi_api";
            /** @enum {string} */
            health: "new" | "good" | "failing";
            /** @example hk_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /**
             * Format: int64
             * @description How many deliveries wait for a paused hook, counted up to 10,000
             */
            kept: number;
            last_error: string;
            /** Format: date-time */
            last_failure_at: string | null;
            /**
             * Format: int64
             * @description HTTP status of the last answer
             */
            last_status: number | null;
            /**
             * Format: date-time
             * @description To within ten seconds
             */
            last_success_at: string | null;
            name: string;
            /**
             * Format: date-time
             * @description When the delivery that failed last is tried again
             */
            next_try_at: string | null;
            /** Format: int64 */
            number: number;
            /**
             * @description Where the address stands: at the offer or form that is resource_id, or at the checkout of the whole site; empty for a hook of its own
             * @enum {string}
             */
            place: "offer" | "form" | "site" | "";
            /** @description Why it is not active */
            reason: string;
            /** @description The only thing whose events are sent; null for all */
            resource_id: string | null;
            /** @description Signs deliveries as Standard Webhooks say. It is shown only now. */
            secret: string;
            /** @enum {string} */
            status: "active" | "paused" | "disabled";
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        NewInvitationView: {
            email: string;
            /** @description Whether its link is over; send it again for a new one */
            expired: boolean;
            /** Format: date-time */
            expires_at: string;
            /** @example inv_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description Who invited, by name */
            invited_by: string;
            /** @description Whether an e-mail with the link goes out */
            mailed: boolean;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
            /** Format: date-time */
            sent_at: string;
            /** @description The link to accept it, shown only now; empty when an e-mail brings it and the caller has no rights in all workspaces */
            url: string;
        };
        NewKeyView: {
            /** Format: date-time */
            created_at: string;
            /** @description Id of the user */
            created_by: string;
            /**
             * Format: date-time
             * @description null for a key that does not expire
             */
            expires_at: string | null;
            id: string;
            /** @description The key itself. It is shown only now. */
            key: string;
            /**
             * Format: date-time
             * @description To within five minutes; null when it was never used
             */
            last_used_at: string | null;
            name: string;
            /** @description How the key begins */
            prefix: string;
            scopes: string[];
        };
        NewVersionInputBody: {
            /** @description What was changed by hand of the inputs that were found, in the order to ask them; each names what it stands_for */
            inputs?: components["schemas"]["EditedInput"][] | null;
            /** @description What is new, for those who get it */
            notes?: string;
            /** @description The texts that are asked for */
            texts?: components["schemas"]["Mark"][] | null;
            /** @description The workflows that it is made of. Left out for a new version: those of the version before */
            workflow_ids?: string[] | null;
        };
        NodeTypes: {
            items: components["schemas"]["NodeTypeView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
            /** @description What is wrong with files that declare node types */
            problems?: components["schemas"]["Notice"][];
        };
        NodeTypeView: {
            card?: string;
            contact?: string;
            ends?: boolean;
            event?: string;
            fields: components["schemas"]["Field"][] | null;
            group: string;
            icon: string;
            kind: string;
            lists?: string[] | null;
            name: string;
            paths?: components["schemas"]["Paths"];
            remote?: boolean;
            repeatable?: boolean;
            sample?: {
                [key: string]: unknown;
            };
            signs_in?: boolean;
            source?: string;
            summary: string;
            /** @description Whether a connection of this type can be tested */
            testable?: boolean;
            type: string;
            /** Format: int64 */
            version: number;
        };
        Notice: {
            file: string;
            fix?: string;
            kept?: boolean;
            /** Format: int64 */
            line?: number;
            message: string;
            pointer?: string;
        };
        ObjectView: {
            id: string;
            kind: string;
        };
        OfferAddresses: {
            activation_url: string | null;
            deactivation_url: string | null;
            /** @description Who called an old address in the last 30 days, the latest first, at most 100 */
            old_callers: components["schemas"]["OldCallerView"][];
            /** @description Addresses that were rotated away and still work */
            old_urls: components["schemas"]["OldOfferURL"][];
        };
        OfferCallView: {
            /** @enum {string} */
            action: "activate" | "deactivate";
            contact_id: string | null;
            content_type: string;
            /** Format: date-time */
            created_at: string;
            duplicate_of: string | null;
            errors: components["schemas"]["Item"][];
            /** @example req_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            ip: string;
            method: string;
            /**
             * Format: int64
             * @description The ID of the entry as people read it
             */
            number: number;
            /** @description Whether it came to an address that was rotated away */
            old_url: boolean;
            /** @description What was sent, body over query; null when it could not be read */
            params: unknown;
            reason: string;
            request_uuid: string;
            run_id: string | null;
            /** Format: int64 */
            size: number;
            /**
             * Format: int64
             * @description What the sender was answered
             */
            status: number;
            user_agent: string;
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "invalid" | "forbidden" | "too_large" | "rate_limited";
        };
        OfferView: {
            /** @description Grants the offer; null without the right to write offers */
            activation_url: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Revokes the offer; null without the right to write offers */
            deactivation_url: string | null;
            /** @example off_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** Format: int64 */
            number: number;
            products: components["schemas"]["Product"][];
            /** @description Called for each purchase of the offer; null for none, and without the right to write offers */
            purchase_webhook_url: string | null;
            /** @example Gold membership */
            title: string;
        };
        OldCallerView: {
            /** Format: int64 */
            calls: number;
            ip: string;
            /** Format: date-time */
            last_call_at: string;
            user_agent: string;
        };
        OldOfferURL: {
            activation_url: string | null;
            /**
             * Format: date-time
             * @description It answers 410 from then on
             */
            expires_at: string;
        };
        OldURLView: {
            /**
             * Format: date-time
             * @description It answers 410 from then on
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description When a sender last called it; null when nobody did
             */
            last_used_at: string | null;
            url: string;
        };
        OpenLinkInputBody: {
            /** @description From the link, behind the # */
            token: string;
        };
        OpenView: {
            /**
             * Format: int64
             * @description Counted up to 10,000
             */
            count: number;
            /** @enum {string} */
            status: "waiting" | "queued" | "running" | "held";
            /** Format: int64 */
            version: number;
        };
        Operator: {
            label: string;
            name: string;
            needs_to: boolean;
            needs_value: boolean;
            to_many?: boolean;
        };
        Option: {
            label: string;
            value: string;
        };
        OrderItemView: {
            /**
             * Format: int64
             * @description For the whole quantity, before discount and tax
             */
            amount: number;
            id: string;
            /** Format: int64 */
            number: number;
            offer_id: string;
            payment_type: string;
            /** Format: int64 */
            quantity: number;
            /** @enum {string} */
            role: "primary" | "bump" | "item";
            title: string;
        };
        OrderRecorded: {
            already_recorded: boolean;
            cart: boolean;
            contact_id: string;
            coupon: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            /** Format: int64 */
            discount: number;
            external_id: string;
            /** @example ord_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            items: components["schemas"]["OrderItemView"][];
            /** Format: int64 */
            number: number;
            payments: components["schemas"]["PaymentView"][];
            purchases: components["schemas"]["PurchaseView"][];
            run_id: string | null;
            /** @enum {string} */
            state: "completed" | "part_refunded" | "refunded" | "charged_back";
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            tax: number;
            /**
             * Format: int64
             * @description Subtotal less discount plus tax, in the currency's smallest unit
             */
            total: number;
        };
        OrderView: {
            cart: boolean;
            contact_id: string;
            coupon: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            /** Format: int64 */
            discount: number;
            external_id: string;
            /** @example ord_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            items: components["schemas"]["OrderItemView"][];
            /** Format: int64 */
            number: number;
            run_id: string | null;
            /** @enum {string} */
            state: "completed" | "part_refunded" | "refunded" | "charged_back";
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            tax: number;
            /**
             * Format: int64
             * @description Subtotal less discount plus tax, in the currency's smallest unit
             */
            total: number;
        };
        PageActivity: {
            items: components["schemas"]["Activity"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageClient: {
            items: components["schemas"]["Client"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageClientLink: {
            items: components["schemas"]["ClientLink"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageCloneView: {
            items: components["schemas"]["CloneView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageConnectionView: {
            items: components["schemas"]["ConnectionView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageContactView: {
            items: components["schemas"]["ContactView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageCourseEventView: {
            items: components["schemas"]["CourseEventView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageDeliveryView: {
            items: components["schemas"]["DeliveryView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageDriftView: {
            items: components["schemas"]["DriftView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageEntryView: {
            items: components["schemas"]["EntryView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageFailureGroup: {
            items: components["schemas"]["FailureGroup"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageFieldView: {
            items: components["schemas"]["FieldView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageFolderView: {
            items: components["schemas"]["FolderView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageFormView: {
            items: components["schemas"]["FormView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageFoundView: {
            items: components["schemas"]["FoundView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageGrantView: {
            items: components["schemas"]["GrantView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageHookView: {
            items: components["schemas"]["HookView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageInvitationView: {
            items: components["schemas"]["InvitationView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageKeyView: {
            items: components["schemas"]["KeyView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageMemberView: {
            items: components["schemas"]["MemberView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageMessageView: {
            items: components["schemas"]["MessageView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageOfferCallView: {
            items: components["schemas"]["OfferCallView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageOfferView: {
            items: components["schemas"]["OfferView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageOrderView: {
            items: components["schemas"]["OrderView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PagePaymentView: {
            items: components["schemas"]["PaymentView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PagePurchaseView: {
            items: components["schemas"]["PurchaseView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PagePushCloneView: {
            items: components["schemas"]["PushCloneView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PagePushView: {
            items: components["schemas"]["PushView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageRequestView: {
            items: components["schemas"]["RequestView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageRightView: {
            items: components["schemas"]["RightView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageRoleView: {
            items: components["schemas"]["RoleView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageRunView: {
            items: components["schemas"]["RunView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageSenderView: {
            items: components["schemas"]["SenderView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageStepView: {
            items: components["schemas"]["StepView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageSubmissionView: {
            items: components["schemas"]["SubmissionView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageSubscriptionView: {
            items: components["schemas"]["SubscriptionView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageTagView: {
            items: components["schemas"]["TagView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageTemplateLinkView: {
            items: components["schemas"]["TemplateLinkView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageTemplateVersionView: {
            items: components["schemas"]["TemplateVersionView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageTemplateView: {
            items: components["schemas"]["TemplateView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageTimelineView: {
            items: components["schemas"]["TimelineView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageUsed: {
            items: components["schemas"]["Used"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageValueView: {
            items: components["schemas"]["ValueView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageVersionView: {
            items: components["schemas"]["VersionView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageWorkflowView: {
            items: components["schemas"]["WorkflowView"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        PageWorkspace: {
            items: components["schemas"]["Workspace"][];
            /** @description Pass it as cursor to get what follows; null at the end */
            next_cursor: string | null;
        };
        Palette: {
            accent: string;
            /**
             * Format: double
             * @description Of the colour itself with white
             */
            contrast: number;
            /** @description Buttons with white text, in light and dark; darker than the colour where that could not be read */
            filled: string;
            /** Format: double */
            filled_contrast: number;
            /** @description Links on dark pages; lighter than the colour where that could not be read */
            link_dark: string;
            /** @description Links on light pages */
            link_light: string;
        };
        PasteBody: {
            /** @description Headers to go with it */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description A query string to go with it
             * @example campaign=spring
             */
            query?: string;
            /** @description JSON as people paste it: trailing commas, comments, single quotes and names without quotes are mended and noted */
            text: string;
        };
        PatchCheckoutInputBody: {
            /** @description Empty takes it away */
            purchase_webhook_url?: string;
        };
        PatchConnectionInputBody: {
            name?: string;
            /** @description Fields that are left out stay, and so do secrets that are sent back as ********; null empties a field */
            params?: unknown;
        };
        PatchFieldInputBody: {
            label?: string;
            options?: string[] | null;
        };
        PatchHookInputBody: {
            /** @description Of order.created: true for cart orders only, false for others only */
            cart?: boolean;
            /** @description One of the events of the documentation, or run.succeeded or run.failed */
            event?: string;
            /**
             * @description standard when left out
             * @enum {string}
             */
            format?: "standard" | "kajabi" | "kajabi_flat" | "kajabi_api";
            /**
             * @description What becomes of what a paused hook has kept: discard throws it away, run, the default, sends it when the hook becomes active
             * @enum {string}
             */
            held?: "run" | "discard";
            name?: string;
            /** @description Id or number of the offer, tag, form, contact, product or workflow, as the event has it; empty for all */
            resource_id?: string;
            /**
             * @description paused keeps what would be sent; active sends it
             * @enum {string}
             */
            status?: "active" | "paused";
            url?: string;
        };
        PatchOfferInputBody: {
            /** @description The whole list */
            products?: components["schemas"]["ProductRef"][] | null;
            /** @description Called for each purchase of the offer; empty for none */
            purchase_webhook_url?: string;
            title?: string;
        };
        PatchValueInputBody: {
            name?: string;
            value?: unknown;
        };
        PatchWorkflowInputBody: {
            /** @description The whole document; left out, it stays as it is */
            definition?: unknown;
            /** @description The folder that it moves to, which is made when there is none of this name; empty for none */
            folder?: string;
            name?: string;
        };
        Path: {
            id: string;
            name: string;
        };
        Paths: {
            fixed?: boolean;
            start: components["schemas"]["Path"][] | null;
        };
        PaymentRecorded: {
            already_recorded: boolean;
            /**
             * Format: int64
             * @description In the currency's smallest unit, tax included: 4900 is 49.00
             */
            amount: number;
            contact_id: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            external_id: string;
            /** @example pay_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "one_time" | "first" | "instalment";
            /** Format: int64 */
            number: number;
            /** @description Several for what was bought together */
            offer_ids: string[];
            order_id: string | null;
            purchase_id: string | null;
            /** @description Those that the payment made */
            purchases: components["schemas"]["PurchaseView"][];
            /** @description Why it failed or was taken back */
            reason: string;
            /** Format: int64 */
            refunded: number;
            run_id: string | null;
            /** @enum {string} */
            state: "succeeded" | "failed" | "part_refunded" | "refunded" | "charged_back";
            subscription_id: string | null;
            /** Format: int64 */
            tax: number;
        };
        PaymentView: {
            /**
             * Format: int64
             * @description In the currency's smallest unit, tax included: 4900 is 49.00
             */
            amount: number;
            contact_id: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            external_id: string;
            /** @example pay_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "one_time" | "first" | "instalment";
            /** Format: int64 */
            number: number;
            /** @description Several for what was bought together */
            offer_ids: string[];
            order_id: string | null;
            purchase_id: string | null;
            /** @description Why it failed or was taken back */
            reason: string;
            /** Format: int64 */
            refunded: number;
            run_id: string | null;
            /** @enum {string} */
            state: "succeeded" | "failed" | "part_refunded" | "refunded" | "charged_back";
            subscription_id: string | null;
            /** Format: int64 */
            tax: number;
        };
        Place: {
            name: string;
            step: string;
            workflow: string;
        };
        Preview: {
            /** @description By the names that were sent; condition fields of params by their JSON pointer */
            conditions: {
                [key: string]: components["schemas"]["PreviewVerdict"];
            };
            contact: components["schemas"]["PreviewContact"];
            /** @description By JSON pointer inside params: every text with a mapping, and every top-level field that holds one deeper inside */
            params: {
                [key: string]: components["schemas"]["PreviewField"];
            };
            sample: components["schemas"]["SampleView"];
            /** @description Id of the trigger that the sample is of; empty when the draft has none */
            trigger: string;
            /** @description By the names that were sent */
            values: {
                [key: string]: components["schemas"]["PreviewField"];
            };
        };
        PreviewBody: {
            /** @description Conditions by names of your own: a formula, or {match, rules} */
            conditions?: {
                [key: string]: unknown;
            };
            /** @description The contact to look at; that of the run, or else the newest one, when left out */
            contact_id?: string;
            /** @description Params of a step as they are typed now, saved or not */
            params?: {
                [key: string]: unknown;
            };
            /** @description Becomes trigger.body, in the place of request_id and run_id */
            payload?: unknown;
            /** @description A stored request to look at */
            request_id?: string;
            /** @description A run of this workflow to look at; its steps' outputs count first */
            run_id?: string;
            /** @description The step of the saved draft in whose place to look: its loop and the outputs before it; the end of the workflow when left out */
            step?: string;
            /** @description Id of a trigger of the draft; that of the request or run, or else the first that is switched on, when left out */
            trigger?: string;
            /** @description Node type that params belong to; that of step when left out */
            type?: string;
            /** @description Any values with mappings, by names of your own */
            values?: {
                [key: string]: unknown;
            };
        };
        PreviewContact: {
            email?: string;
            id?: string;
            /** @enum {string} */
            kind: "chosen" | "run" | "newest" | "none";
            name?: string;
        };
        PreviewField: {
            /** @description Whether nothing would be left: missing, null, an empty text or list */
            blank: boolean;
            cut?: boolean;
            /** @description Why there is no value */
            errors?: components["schemas"]["MappingFault"][] | null;
            /** @description Paths that the sample does not have and no default stands for */
            missing?: string[] | null;
            notes?: string[] | null;
            /** @description Whether omit() leaves the field out */
            omitted?: boolean;
            /** @description Every path that is spelled out, with what the sample has there: the pills */
            reads?: components["schemas"]["PreviewRead"][] | null;
            /** @description What stop() would end the run with */
            stops?: string;
            /** @description As text, cut at 2,000 characters */
            text: string;
            /** @enum {string} */
            type: "text" | "number" | "yes_no" | "list" | "object" | "empty";
            /** @description As it would be used; null when it is blank, failed or longer than 16 KiB */
            value: unknown;
            /** @description Why it is blank, in words */
            why?: string;
        };
        PreviewRead: {
            /**
             * Format: int64
             * @description Characters, from 1
             */
            column: number;
            /** @description Whether the mapping says what happens when it is empty */
            handled?: boolean;
            /** @description The sender's word for it */
            label?: string;
            /** Format: int64 */
            line: number;
            /**
             * Format: int64
             * @description Bytes from the beginning of that text
             */
            offset: number;
            path: string[] | null;
            /** @description Of the text inside the value */
            pointer: string;
            /**
             * @description empty is null, an empty text or an empty list
             * @enum {string}
             */
            state: "value" | "empty" | "missing";
            /** @description The sample's value, cut at 200 characters */
            text: string;
            /** @enum {string} */
            type: "text" | "number" | "yes_no" | "list" | "object" | "empty";
            /** @description Why there is none, in words */
            why?: string;
        };
        PreviewRule: {
            errors?: components["schemas"]["MappingFault"][] | null;
            is?: string;
            /** @description null when the row is not complete yet */
            met: boolean | null;
            /** @description Why the row could not hold */
            note?: string;
            /** @description Of the row inside the condition */
            pointer: string;
            rules?: components["schemas"]["PreviewRule"][] | null;
            /** @description With what */
            to?: unknown;
            /** @description What is compared */
            value?: unknown;
        };
        PreviewVerdict: {
            errors?: components["schemas"]["MappingFault"][] | null;
            /** @description null when it is not complete yet, or cannot be decided */
            met: boolean | null;
            notes?: string[] | null;
            reads?: components["schemas"]["PreviewRead"][] | null;
            /** @description Every row, in order; none for a formula */
            rules?: components["schemas"]["PreviewRule"][] | null;
            stops?: string;
        };
        Problem: {
            /** @description A stable name for programs */
            code: string;
            /** @description What happened and what to do */
            detail: string;
            /** @description Each single thing that is wrong */
            errors?: components["schemas"]["Item"][] | null;
            /**
             * Format: int64
             * @description The HTTP status
             */
            status: number;
            /** @description What kind of problem it is */
            title: string;
            /** @description Quote it when asking for help */
            trace_id?: string;
            /** @description Where the code is explained */
            type: string;
        };
        Product: {
            id: string;
            title: string;
        };
        ProductRef: {
            id?: string;
            title?: string;
        };
        PublishedView: {
            /**
             * Format: int64
             * @description Number of the version that is live now
             */
            version: number;
        };
        PurchaseRecorded: {
            already_recorded: boolean;
            /**
             * Format: int64
             * @description In the currency's smallest unit: 4900 is 49.00
             */
            amount: number;
            contact_id: string;
            coupon: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            /** Format: date-time */
            deactivated_at: string | null;
            external_id: string;
            /** @example pur_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** Format: int64 */
            number: number;
            offer_id: string;
            order_id: string | null;
            /** @enum {string} */
            payment_type: "one_time" | "subscription" | "payment_plan" | "free";
            /** @description The first payment, none for a free purchase */
            payments: components["schemas"]["PaymentView"][];
            /** Format: int64 */
            payments_made: number;
            /** Format: int64 */
            quantity: number;
            referrer: string;
            /** @description The run that recorded it; null when a person or the API did */
            run_id: string | null;
            source: string;
            subscription_id: string | null;
        };
        PurchaseView: {
            /**
             * Format: int64
             * @description In the currency's smallest unit: 4900 is 49.00
             */
            amount: number;
            contact_id: string;
            coupon: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            /** Format: date-time */
            deactivated_at: string | null;
            external_id: string;
            /** @example pur_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** Format: int64 */
            number: number;
            offer_id: string;
            order_id: string | null;
            /** @enum {string} */
            payment_type: "one_time" | "subscription" | "payment_plan" | "free";
            /** Format: int64 */
            payments_made: number;
            /** Format: int64 */
            quantity: number;
            referrer: string;
            /** @description The run that recorded it; null when a person or the API did */
            run_id: string | null;
            source: string;
            subscription_id: string | null;
        };
        PushAnswerInputBody: {
            choices?: components["schemas"]["PushChoiceInput"][] | null;
            /** @description By the keys of the version's inputs: texts, or true and false */
            inputs?: {
                [key: string]: unknown;
            };
        };
        PushChoiceInput: {
            /** @description Of the conflict */
            key: string;
            /** @description Of the conflict as it was shown; the one that waits now when left out */
            seen?: string;
            /**
             * @description ours is the client's value, theirs the template's
             * @enum {string}
             */
            take: "ours" | "theirs";
            workflow_id: string;
        };
        PushCloneView: {
            /** @description One of the first clients */
            canary: boolean;
            /** @example cln_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            clone_id: string;
            conflicts?: components["schemas"]["PushConflictView"][] | null;
            /** @description Workspace of the template */
            home: string;
            /** @description Inputs that the version asks for */
            missing?: components["schemas"]["PushMissingInput"][] | null;
            /**
             * Format: int64
             * @description How many conflicts wait for a choice
             */
            open: number;
            push_id: string;
            /** @description What is to be done, in a sentence; empty for nothing */
            reason: string;
            /** @description Triggers that the version does not have any more: what their addresses receive is kept until somebody confirms */
            removed: components["schemas"]["PushRemovedTrigger"][];
            /**
             * @description kept: nothing had to be changed; edited: it was to be rolled back and has been changed since
             * @enum {string}
             */
            state: "waiting" | "updated" | "kept" | "conflict" | "needs_input" | "rolled_back" | "edited" | "failed";
            template_id: string;
            /** Format: date-time */
            updated_at: string;
            workspace: components["schemas"]["MeWorkspace"];
        };
        PushConfirmedView: {
            /**
             * Format: int64
             * @description How many kept requests were given up
             */
            dropped: number;
        };
        PushConfirmInputBody: {
            trigger_id: string;
            workflow_id: string;
        };
        PushConflictView: {
            /** @description What both began with */
            base: unknown;
            /** @description Only the draft has it */
            draft: boolean;
            /** @description Pointer inside the step; empty for the whole of it */
            field: string;
            key: string;
            /**
             * @description ours is the client, theirs the template
             * @enum {string}
             */
            kind: "both_changed" | "both_moved" | "both_added" | "ours_removed" | "theirs_removed";
            /** @description What people call the field */
            label: string;
            /** @description What people call the step */
            name: string;
            /** @description The client's; null for removed */
            ours: unknown;
            /** @description Stands for the two values: send it back with a choice, which then holds for them alone */
            seen: string;
            /** @description The template's; null for removed */
            theirs: unknown;
            type: string;
            /** @enum {string} */
            what: "settings" | "trigger" | "step" | "branch";
            workflow: string;
            workflow_id: string;
        };
        PushDecideInputBody: {
            /**
             * @description go_on ends the wait for the first clients' runs; stop leaves the others as they are; roll_back gives every updated client back what it had
             * @enum {string}
             */
            decision: "go_on" | "stop" | "roll_back";
        };
        PushInputBody: {
            /** @description All clones that the caller may change and that do not follow the version yet */
            all?: boolean;
            /** @description Try on a few clients first */
            canary?: components["schemas"]["CanaryInput"];
            /** @description Ids of clones; or else all */
            clones?: string[] | null;
            /**
             * Format: int64
             * @description The newest one when left out
             */
            version?: number;
        };
        PushMissingInput: {
            /** @description Of a connection: its type */
            auth?: string;
            /** @description What is wrong, in a sentence */
            detail: string;
            /** @description Of a connection: the host that it is for */
            host?: string;
            key: string;
            /** @description What it is, as of the inputs of a template */
            kind: string;
            label: string;
        };
        PushNewView: {
            /** @description Whether it is published at once: all workflows of the client are live, and nothing stands against it */
            live: boolean;
            name: string;
            /** @description Why it becomes a draft, in a sentence; empty when it is published */
            reason: string;
        };
        PushPlanView: {
            clone_id: string;
            conflicts: components["schemas"]["PushConflictView"][];
            /** @description What the client has changed, and keeps */
            edits: string[];
            missing: components["schemas"]["PushMissingInput"][];
            /** @description Workflows that the version adds */
            new: components["schemas"]["PushNewView"][];
            reason: string;
            removed: components["schemas"]["PushRemovedTrigger"][];
            /** @enum {string} */
            state: "updated" | "kept" | "conflict" | "needs_input" | "failed";
            /** @description What would change, in sentences */
            updates: string[];
            /**
             * Format: int64
             * @description That it follows now
             */
            version: number;
            workspace: components["schemas"]["MeWorkspace"];
        };
        PushPreviewView: {
            clones: components["schemas"]["PushPlanView"][];
            /** Format: int64 */
            version: number;
        };
        PushRemovedTrigger: {
            confirmed: boolean;
            id: string;
            name: string;
            type: string;
            workflow_id: string;
        };
        PushRollBackInputBody: {
            /** @description Also when somebody has changed the workflow since, which is lost */
            force?: boolean;
        };
        PushTarget: {
            /** @description All clones that the caller may change and that do not follow the version yet */
            all?: boolean;
            /** @description Ids of clones; or else all */
            clones?: string[] | null;
            /**
             * Format: int64
             * @description The newest one when left out
             */
            version?: number;
        };
        PushView: {
            /** @description null when it began with all clients */
            canary: components["schemas"]["CanaryView"] | null;
            /** @description Clones by state */
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** @example psh_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description What the first clients' runs say; null in lists, and without a canary */
            outcome: components["schemas"]["CanaryOutcome"] | null;
            /** @description Why it waits, or was rolled back, in a sentence; empty for nothing */
            reason: string;
            /**
             * @description watching: it waits for runs of the first clients
             * @enum {string}
             */
            state: "running" | "watching" | "done" | "rolling_back" | "rolled_back" | "stopped";
            template_id: string;
            /**
             * Format: int64
             * @description How many clones it is about
             */
            total: number;
            /** Format: int64 */
            version: number;
        };
        PutAgencyAlertsInputBody: {
            emails?: string[] | null;
            enabled: boolean;
            /**
             * Format: int64
             * @description 15 when left out
             */
            every_minutes?: number;
        };
        PutAlertsInputBody: {
            emails?: string[] | null;
            enabled: boolean;
            /**
             * Format: int64
             * @description 15 when left out
             */
            every_minutes?: number;
            webhook_url?: string;
        };
        PutWorkflowInputBody: {
            /** @description The whole document */
            definition: unknown;
            name: string;
        };
        RecipeBody: {
            /** @description What was changed by hand of the inputs that were found, in the order to ask them; each names what it stands_for */
            inputs?: components["schemas"]["EditedInput"][] | null;
            /** @description The texts that are asked for */
            texts?: components["schemas"]["Mark"][] | null;
            /** @description The workflows that it is made of. Left out for a new version: those of the version before */
            workflow_ids?: string[] | null;
        };
        RecipeInput: {
            /** @description null for none */
            default: unknown;
            example: string;
            help: string;
            key: string;
            kind: string;
            label: string;
            /** @enum {string} */
            mode: "ask" | "find_or_create" | "fixed";
            /** @description The modes that this kind can have */
            modes: string[];
            places: components["schemas"]["Place"][];
            required: boolean;
            /** @description What stands there in this workspace; empty for secrets */
            shown: string;
            stands_for: string;
        };
        RecipeText: {
            /** @description What the field is called */
            label: string;
            marked: boolean;
            /** @description What the step is called */
            name: string;
            pointer: string;
            step: string;
            text: string;
            workflow: string;
        };
        RecipeView: {
            inputs: components["schemas"]["RecipeInput"][];
            /** @description Texts that can be asked for, or are */
            texts: components["schemas"]["RecipeText"][];
            workflows: components["schemas"]["RecipeWorkflow"][];
        };
        RecipeWorkflow: {
            id: string;
            key: string;
            name: string;
        };
        RecordReplyInputBody: {
            /**
             * @description Where the reply came in: sms, whatsapp, email, or a word of your own
             * @example sms
             */
            channel?: string;
            /** @description The message's id at the service that took it */
            external_id?: string;
            /** @example +14155552671 */
            from?: string;
            /** @description What the contact wrote */
            text: string;
            to?: string;
        };
        RefundInputBody: {
            /**
             * Format: int64
             * @description In the currency's smallest unit; all that is left when left out
             */
            amount?: number;
            reason?: string;
        };
        RefundView: {
            /**
             * Format: int64
             * @description What was taken back now; 0 when everything was before
             */
            amount: number;
            order_id: string | null;
            payments: components["schemas"]["PaymentView"][];
        };
        ReplayInputBody: {
            /** @description true repeats effects that the old run has recorded; by default they are not done twice */
            as_new?: boolean;
        };
        ReplyRecorded: {
            contact_id: string;
            /** @example contact.replied */
            event: string;
        };
        Report: {
            dry_run: boolean;
            items: components["schemas"]["Done"][];
            /** @description What people have to fill in, since no file holds it */
            needs: components["schemas"]["Need"][];
        };
        ReportRow: {
            client: string;
            reason: string;
            /** @description Whether anything was received yet */
            received: boolean;
            slug: string;
            /** @description live, draft, paused, skipped (the client had it already), changed or failed */
            status: string;
            /** @description Its type; empty for a client that nothing was made for */
            trigger: string;
            /** @description Empty for a trigger that no address starts */
            url: string;
            workflow: string;
            workflow_id: string;
            workspace_id: string;
        };
        ReportView: {
            job: components["schemas"]["JobView"];
            rows: components["schemas"]["ReportRow"][];
        };
        RequestConnectionInputBody: {
            name: string;
            /** @description What the client shall not have to fill in, such as hosts; no secrets */
            params?: unknown;
            /** @description A node type of kind connection */
            type: string;
        };
        RequestDetail: {
            /** @description How the body reads; null when none was kept */
            body: components["schemas"]["BodyView"] | null;
            content_type: string;
            /**
             * Format: int64
             * @description How many calls this row stands for; more than 1 for those over the rate limit
             */
            count: number;
            /** @description The request that this one repeats; null for none */
            duplicate_of: string | null;
            /** @description What was wrong with single values */
            fields: components["schemas"]["Item"][];
            /** @description Names in lower case; credentials are redacted */
            headers: {
                [key: string]: string[] | null;
            };
            /** @example req_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            ip: string;
            method: string;
            notes: string[];
            path: string;
            /** @description As it was sent */
            query: string;
            /** @description Why, for the person who reads the list; empty when it was simply accepted */
            reason: string;
            /** Format: date-time */
            received_at: string;
            /** @description Whether values were left out, because the caller may not see them */
            redacted?: boolean;
            run_ids: string[];
            /**
             * Format: int64
             * @description Bytes of the body
             */
            size: number;
            /**
             * Format: int64
             * @description What the sender was answered
             */
            status: number;
            /** @description Whether it only tested */
            test: boolean;
            trigger_id: string;
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "held" | "filtered" | "handshake" | "bad_signature" | "forbidden_ip" | "invalid" | "too_large" | "rate_limited";
            workflow_id: string;
        };
        RequestedConnection: {
            /** @description Of the connection */
            id: string;
            link: components["schemas"]["ClientLink"];
            name: string;
            type: string;
            /** Format: date-time */
            waiting_since: string | null;
        };
        RequestView: {
            content_type: string;
            /**
             * Format: int64
             * @description How many calls this row stands for; more than 1 for those over the rate limit
             */
            count: number;
            /** @description The request that this one repeats; null for none */
            duplicate_of: string | null;
            /** @description What was wrong with single values */
            fields: components["schemas"]["Item"][];
            /** @example req_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            ip: string;
            method: string;
            notes: string[];
            path: string;
            /** @description As it was sent */
            query: string;
            /** @description Why, for the person who reads the list; empty when it was simply accepted */
            reason: string;
            /** Format: date-time */
            received_at: string;
            /** @description Whether values were left out, because the caller may not see them */
            redacted?: boolean;
            run_ids: string[];
            /**
             * Format: int64
             * @description Bytes of the body
             */
            size: number;
            /**
             * Format: int64
             * @description What the sender was answered
             */
            status: number;
            /** @description Whether it only tested */
            test: boolean;
            trigger_id: string;
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "held" | "filtered" | "handshake" | "bad_signature" | "forbidden_ip" | "invalid" | "too_large" | "rate_limited";
            workflow_id: string;
        };
        ResendManyInputBody: {
            event?: string;
            /**
             * Format: date-time
             * @description Created then or later
             */
            from: string;
            hook_id?: string;
            /**
             * Format: date-time
             * @description Created before; until now when left out
             */
            to?: string;
        };
        ResetInputBody: {
            password: string;
            /** @description From the link that the command admin reset-link prints */
            token: string;
        };
        RetryBody: {
            /**
             * @description again (the default) does the step once more; done notes that it did happen; skip goes on without it
             * @enum {string}
             */
            outcome?: "again" | "done" | "skip";
            /** @description Id or path of the failed step, as a check */
            step?: string;
            /**
             * @description live moves the run to the workflow's live version, when it fits
             * @enum {string}
             */
            version?: "pinned" | "live";
        };
        RightView: {
            /** @example contacts */
            resource: string;
            /**
             * @description write holds read too
             * @example write
             */
            right: string;
            /** @example contacts:write */
            scope: string;
        };
        RoleBody: {
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
        };
        RoleView: {
            /** @description In plain words */
            about: string;
            /** @description Whether the caller may give this role here */
            may_give: boolean;
            /** @enum {string} */
            role: "owner" | "admin" | "builder" | "operator" | "viewer" | "client_viewer";
            scopes: string[];
        };
        RotatedSecretView: {
            /**
             * Format: date-time
             * @description The old secret counts until then
             */
            old_until: string;
        };
        RotatedView: {
            /** @description Addresses that still work, and who still uses them */
            old_urls: components["schemas"]["OldURLView"][];
            /** @description The new address */
            url: string;
        };
        RotateHookInputBody: {
            /** @description How long deliveries are signed with both, such as 24h, the default; at most 720h */
            overlap?: string;
            /** @description The new one; made when left out */
            secret?: string;
        };
        RotateInputBody: {
            /**
             * @description How long both addresses work, such as 24h, 30m or 7d; 24h when left out, at most 90d; 0s ends the old one at once
             * @example 24h
             */
            overlap?: string;
        };
        RotateOfferInputBody: {
            /**
             * @description How long the old addresses work too, such as 24h, 30m or 7d; 24h when left out, at most 90d; 0s ends them at once
             * @example 24h
             */
            overlap?: string;
        };
        RotateSecretInputBody: {
            /**
             * @description How long the old secret counts too, such as 24h, 30m or 7d; 24h when left out, at most 90d
             * @example 24h
             */
            overlap?: string;
            /** @description The new signing secret, as the sender shows it */
            secret: string;
        };
        RunDetail: {
            /** @description The run that raised the event that started this one */
            cause_run: string | null;
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When a waiting run goes on; null otherwise
             */
            due_at: string | null;
            /** @description end, filter, stop, goal or reentry once it succeeded, reply when the contact's reply ended it */
            end_reason: string;
            error: components["schemas"]["Failure"] | null;
            event_id: string | null;
            /** Format: date-time */
            finished_at: string | null;
            /** @example run_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description What the trigger gave: the scope trigger of mappings */
            input: unknown;
            /** @enum {string} */
            kind: "workflow" | "delivery" | "activation" | "step_test";
            /** @enum {string} */
            mode: "live" | "test" | "dry" | "backtest";
            /** @description Whether values were left out, because the caller may not see them */
            redacted?: boolean;
            replay_of: string | null;
            request_id: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
            /** @description The first 500, as they began */
            steps: components["schemas"]["StepView"][];
            /** @description Cursor of the list of steps that goes on behind these; null when these are all */
            steps_next_cursor: string | null;
            trigger_id: string;
            until_step?: string;
            /**
             * Format: int64
             * @description Number of the pinned version; null for a draft
             */
            version: number | null;
            workflow_id: string | null;
        };
        RunFilter: {
            contact_id?: string;
            /** @description Id of a group of GET /failures: only runs that failed for that reason */
            failure?: string;
            /**
             * Format: date-time
             * @description Created then or later
             */
            from?: string;
            /**
             * @description workflow when left out
             * @enum {string}
             */
            kind?: "workflow" | "delivery" | "activation" | "step_test" | "any";
            /** @enum {string} */
            mode?: "live" | "test" | "dry" | "backtest";
            /** @description Looked for in ids, input and error; a part of the list may come back empty with a cursor to go on */
            q?: string;
            /** @enum {string} */
            status?: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
            /** @description Only runs that stand at this step of workflow_id: they wait in it, or stopped there */
            step_id?: string;
            /**
             * Format: date-time
             * @description Created before
             */
            to?: string;
            workflow_id?: string;
        };
        RunView: {
            /** @description The run that raised the event that started this one */
            cause_run: string | null;
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When a waiting run goes on; null otherwise
             */
            due_at: string | null;
            /** @description end, filter, stop, goal or reentry once it succeeded, reply when the contact's reply ended it */
            end_reason: string;
            error: components["schemas"]["Failure"] | null;
            event_id: string | null;
            /** Format: date-time */
            finished_at: string | null;
            /** @example run_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @enum {string} */
            kind: "workflow" | "delivery" | "activation" | "step_test";
            /** @enum {string} */
            mode: "live" | "test" | "dry" | "backtest";
            /** @description Whether values were left out, because the caller may not see them */
            redacted?: boolean;
            replay_of: string | null;
            request_id: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
            trigger_id: string;
            until_step?: string;
            /**
             * Format: int64
             * @description Number of the pinned version; null for a draft
             */
            version: number | null;
            workflow_id: string | null;
        };
        RunWorkflowInputBody: {
            /** @description Starts one run for each of these contacts */
            contact_ids?: string[] | null;
            /** @description Becomes trigger.body */
            payload?: unknown;
            /** @description Id of the trigger to start at; the manual one, or else the first, when left out */
            trigger?: string;
        };
        Sample: {
            event: string;
            sender: string;
        };
        SampleView: {
            /** Format: date-time */
            at?: string;
            /** @description Of the request or run */
            id?: string;
            /**
             * @description example is made up by the node type; none means that there is nothing yet
             * @enum {string}
             */
            kind: "request" | "run" | "payload" | "example" | "none";
            /** @description A preview made it: nothing was really done */
            simulated?: boolean;
        };
        ScopePick: {
            /**
             * @description How it is written between {{ and }}
             * @example trigger.body.items[0].sku
             */
            expression: string;
            /** @description The sender's word for it, or one made of its name */
            label: string;
            /** @description From the root of the scope */
            path: string[];
            /** @description As text, cut at 200 characters */
            sample: string;
            /** @enum {string} */
            type: "text" | "number" | "yes_no" | "list" | "object" | "empty";
        };
        ScopeSource: {
            /** @description Whether there is more than fields lists */
            cut?: boolean;
            /** @description What can be picked, in order, at most 500; of a list its first entry */
            fields: components["schemas"]["ScopePick"][];
            icon?: string;
            /** @description Of the trigger or step */
            id?: string;
            /** @enum {string} */
            kind: "trigger" | "step" | "loop" | "contact" | "custom_values" | "workspace" | "run";
            name: string;
            /**
             * @description How paths into it begin: trigger, steps.buyer, contact ...
             * @example steps.buyer
             */
            root: string;
            sample: components["schemas"]["SampleView"];
            /** @description Whether it always has values here; a step in an earlier branch may not have run */
            sure: boolean;
            /** @description Node type of the trigger or step */
            type?: string;
            /** @description The sample's value whole; null when there is none or it is over 1 MiB */
            value: unknown;
        };
        ScopeView: {
            contact: components["schemas"]["PreviewContact"];
            sample: components["schemas"]["SampleView"];
            /** @description The sender whose words label the data; see GET /senders */
            sender?: string;
            /** @description In the order to show them */
            sources: components["schemas"]["ScopeSource"][];
            /** @description Id of the trigger that the sample is of; empty when the draft has none */
            trigger: string;
        };
        SendBody: {
            /**
             * Format: int64
             * @description How many different requests to send; 1 when left out
             */
            count?: number;
            /** @description Id of one of its events; its usual one when left out */
            event?: string;
            /** @description Sends what was made last first */
            out_of_order?: boolean;
            /**
             * Format: int64
             * @description How often each of them is sent again
             */
            repeats?: number;
            /**
             * @description Id of a sender that has events; see GET /senders
             * @example stripe
             */
            sender: string;
            /** @description Sends real requests, which start runs, in the place of a sample; needs runs:write */
            start?: boolean;
            /** @description Signs with another secret, to see the refusal */
            wrong_signature?: boolean;
        };
        Sender: {
            email: string;
            name: string;
            reply_to: string;
        };
        SenderEvent: {
            /** @description Names in lower case, without the signature */
            headers: {
                [key: string]: string;
            };
            /** @example checkout.session.completed */
            id: string;
            /** @example Checkout completed */
            label: string;
            /** @description Words that this very body gives, such as the questions of a form */
            labels?: components["schemas"]["Label"][] | null;
            /** @description The body as mappings see it: forms read, answers by question */
            sample: unknown;
        };
        SenderFields: {
            /** @description The mail server must let the installation send for it */
            email?: string;
            name?: string;
            /** @description Where answers go; empty means to email */
            reply_to?: string;
        };
        SenderView: {
            /** @description The same as a mapping */
            dedupe?: string;
            /** @description By what a repeat is known, in words */
            dedupe_label?: string;
            /** @description Samples that can be sent; the usual one first */
            events: components["schemas"]["SenderEvent"][];
            /** @example stripe */
            id: string;
            /** @example Stripe */
            label: string;
            /** @description Plain words for paths in the data; role says which part of a person it is */
            labels: components["schemas"]["Label"][];
            /** @description What signature.scheme of webhook.catch is set to for this sender; none for plain JSON */
            scheme: string;
            /** @description Where the signing secret is found */
            secret_help?: string;
        };
        Sent: {
            /** @description What became of the others, in the order in which they were sent */
            more?: components["schemas"]["Sent"][] | null;
            /** @description What was mended in pasted data */
            notes?: string[] | null;
            reason?: string;
            /** @description The stored request, to be chosen as the sample; empty when it was refused before it could be kept */
            request_id: string;
            /** @description Runs that it started; of a real request only */
            run_ids?: string[] | null;
            /**
             * Format: int64
             * @description What the sender would have been answered
             */
            status: number;
            verdict: string;
        };
        SentRequest: {
            /** @description To the byte, as the signature covers it */
            body: string;
            headers: {
                [key: string]: string;
            };
            method: string;
            url: string;
        };
        SetPurchaseInputBody: {
            reason?: string;
        };
        SetUpInputBody: {
            email: string;
            name?: string;
            password: string;
            /** @description Of the owner, an IANA name such as Europe/Berlin; left out for that of the browser */
            timezone?: string;
            /** @description From the link that the server printed */
            token: string;
            /** @description Of the first workspace, an ISO 4217 code such as EUR: that of every sale which names none */
            workspace_currency?: string;
            /** @description Of the first workspace; UTC when left out */
            workspace_timezone?: string;
        };
        ShareInputBody: {
            /**
             * Format: int64
             * @description How long it works
             * @default 30
             */
            days?: number;
        };
        ShowIf: {
            field: string;
            values: string[] | null;
        };
        SignInInputBody: {
            email: string;
            password: string;
        };
        SignInView: {
            /** Format: date-time */
            connected_at?: string;
            /** Format: date-time */
            lost_at?: string;
            /** @description Why it was lost */
            reason?: string;
            /** @description The address to register with the app at the service */
            redirect_url: string;
            /** @description The rights that the service gave, when it says */
            scope?: string;
            /**
             * @description lost: the service does not accept it any more, so somebody must connect it again
             * @enum {string}
             */
            status: "not_connected" | "connected" | "lost";
        };
        Slot: {
            /**
             * Format: date-time
             * @description When it begins
             */
            at: string;
            /** Format: int64 */
            canceled: number;
            /** @description The day in the workspace's time zone, such as 2026-03-01 */
            day: string;
            /**
             * Format: int64
             * @description Failed or parked
             */
            failed: number;
            /**
             * Format: int64
             * @description Queued, running, waiting or held
             */
            open: number;
            /** Format: int64 */
            succeeded: number;
        };
        SoldItem: {
            /**
             * Format: int64
             * @description For the whole quantity, before discount and tax, in the currency's smallest unit
             */
            amount?: number;
            /** @enum {string} */
            interval?: "day" | "week" | "month" | "year";
            /** @description Id or exact title, instead of offer_id */
            offer?: string;
            offer_id?: string;
            /** @enum {string} */
            payment_type?: "one_time" | "subscription" | "payment_plan" | "free";
            /** Format: int64 */
            quantity?: number;
            /** @description A subscription that nothing is paid for now */
            trial?: boolean;
        };
        StartedRuns: {
            run_ids: string[];
        };
        StartedView: {
            /** @example run_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            run_id: string;
        };
        StartForContactsInputBody: {
            /** @description The contacts that a list with the same filter shows, at most the 10,000 newest */
            filter?: components["schemas"]["ContactFilter"];
            /** @description The contacts; or else filter */
            ids?: string[] | null;
            /** @description Id of the trigger to start at; the manual one, or else the first, when left out */
            trigger?: string;
            workflow_id: string;
        };
        StartImportInputBody: {
            /** @description A target for each column in order; an empty text leaves one out */
            columns: string[] | null;
            /**
             * @description auto when left out
             * @enum {string}
             */
            header?: "auto" | "yes" | "no";
            /** @description Leaves contacts whose e-mail is known already as they are */
            keep_existing?: boolean;
            /** @description Lets what happens to the contacts start workflows; false imports them silently */
            start_workflows?: boolean;
            /** @description Added to every contact */
            tags?: string[] | null;
        };
        StatsView: {
            /** Format: date-time */
            from: string;
            /** @description Of the 10,000 newest runs of that time */
            steps: components["schemas"]["StepStatView"][];
            /** Format: date-time */
            to: string;
        };
        StepStatView: {
            /**
             * Format: int64
             * @description How often the step began
             */
            entered: number;
            /**
             * Format: int64
             * @description How often it failed, or its outcome is not known
             */
            failed: number;
            step_id: string;
            /**
             * Format: int64
             * @description How many wait in it now
             */
            waiting: number;
        };
        StepView: {
            attempts: components["schemas"]["Attempt"][];
            /** Format: date-time */
            due_at: string | null;
            error: components["schemas"]["Failure"] | null;
            /**
             * Format: int64
             * @description Grows when a person has the step done again with new values
             */
            execution: number;
            /** Format: date-time */
            finished_at: string | null;
            /** @description The settings with every mapping filled in; secrets by reference */
            input: unknown;
            /** @description Mapped values that were not there */
            missing: string[];
            name: string;
            notes: string[];
            output: unknown;
            /** @description Place in the run, such as items[3]/grant */
            path: string;
            /** @description The branch that was taken */
            port: string;
            /** @description Whether values were left out, because the caller may not see them */
            redacted?: boolean;
            /** @description Whether a dry run only showed what it would do */
            simulated: boolean;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "pending" | "running" | "waiting" | "succeeded" | "skipped" | "failed" | "canceled" | "unknown";
            step_id: string;
            type: string;
        };
        SubmissionView: {
            /** @description By the fields' keys; null when none were kept */
            answers: unknown;
            /** @description null for one that was not accepted */
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            form_id: string;
            /** @example sbm_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            ip: string;
            /** Format: int64 */
            number: number;
            /** @description Why it was not accepted */
            reason: string;
            /** @description The page on which the form stood, as the browser says */
            source: string;
            /** @enum {string} */
            state: "accepted" | "refused" | "spam";
        };
        SubscriptionRecorded: {
            already_recorded: boolean;
            /**
             * Format: int64
             * @description What is due each interval, in the currency's smallest unit
             */
            amount: number;
            /** Format: date-time */
            canceled_at: string | null;
            contact_id: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            external_id: string;
            /** @example sub_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description day, week, month, year, or empty when unknown */
            interval: string;
            offer_id: string;
            order_id: string | null;
            /** Format: int64 */
            payments_made: number;
            reason: string;
            /** Format: date-time */
            renewed_at: string | null;
            run_id: string | null;
            /** @enum {string} */
            state: "trialing" | "active" | "canceled";
            /** Format: date-time */
            trial_ends_at: string | null;
        };
        SubscriptionView: {
            /**
             * Format: int64
             * @description What is due each interval, in the currency's smallest unit
             */
            amount: number;
            /** Format: date-time */
            canceled_at: string | null;
            contact_id: string;
            /** Format: date-time */
            created_at: string;
            /** @example USD */
            currency: string;
            external_id: string;
            /** @example sub_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description day, week, month, year, or empty when unknown */
            interval: string;
            offer_id: string;
            order_id: string | null;
            /** Format: int64 */
            payments_made: number;
            reason: string;
            /** Format: date-time */
            renewed_at: string | null;
            run_id: string | null;
            /** @enum {string} */
            state: "trialing" | "active" | "canceled";
            /** Format: date-time */
            trial_ends_at: string | null;
        };
        Suggestion: {
            /**
             * @description sender: it says what this is; name: the name looks like it; value: the value does
             * @enum {string}
             */
            by: "sender" | "name" | "value";
            /** @example email */
            field: string;
            /** @example Customer e-mail */
            label: string;
            /** @example ada@example.com */
            sample: string;
            /** @example {{ trigger.body.data.object.customer_details.email }} */
            template: string;
        };
        Suggestions: {
            /** @description In the order of the form's fields; fields that nothing fits are left out */
            items: components["schemas"]["Suggestion"][];
            sample: components["schemas"]["SampleView"];
            sender?: string;
            trigger: string;
        };
        TagBody: {
            /** @example customer */
            name: string;
        };
        TagView: {
            /** Format: date-time */
            created_at: string;
            id: string;
            /** @example customer */
            name: string;
            /** Format: int64 */
            number: number;
        };
        TemplateInput: {
            /**
             * @description Type of the connection that fits
             * @example auth.bearer
             */
            auth?: string;
            /** @description null for none */
            default: unknown;
            example?: string;
            help?: string;
            /**
             * @description Host that the connection is for
             * @example slack.com
             */
            host?: string;
            key: string;
            /**
             * @description offer and form take an id or an exact title. A custom value and a contact field are made when the workspace lacks them; contact_field asks nothing.
             * @enum {string}
             */
            kind: "text" | "url" | "secret" | "offer" | "product" | "tag" | "switch" | "form" | "connection" | "custom_value" | "contact_field";
            label: string;
            /**
             * @description Who fills it in: whoever uses the template, nobody because it is found or made by its name, or nobody because it is the same everywhere
             * @enum {string}
             */
            mode: "ask" | "find_or_create" | "fixed";
            required: boolean;
        };
        TemplateLinkView: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            /**
             * Format: date-time
             * @description When it was ended before its time; null otherwise
             */
            revoked_at: string | null;
            /** @description Where the template can be looked at; shown once */
            url?: string;
        };
        TemplateStep: {
            /**
             * Format: int64
             * @description How many steps it stands in
             */
            depth: number;
            name: string;
            type: string;
        };
        TemplateVersionView: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** @description SHA-256 of the file */
            hash: string;
            notes: string;
            /** Format: int64 */
            number: number;
        };
        TemplateView: {
            /** @description What is to do elsewhere; empty for nothing */
            about: string;
            /** @description The services that it works with */
            apps: string[];
            /** @example Sales */
            category: string;
            /** @description Whether new versions are made of workflows here; one that came as a file has none */
            editable: boolean;
            /** @description Name of a Tabler icon */
            icon: string;
            /** @example stripe-sale */
            id: string;
            /** @description What to ask before creating */
            inputs: components["schemas"]["TemplateInput"][];
            /** @example A Stripe sale grants a course */
            name: string;
            /** @description Whether it was made in this workspace; the others come with the product */
            own: boolean;
            /** @description The sender's sample to try it with, or an event of hookloom; null for none */
            sample: components["schemas"]["Sample"] | null;
            /** @description Public pages that describe the calls to other services */
            sources: string[];
            summary: string;
            /**
             * Format: date-time
             * @description Of an own one
             */
            updated_at: string | null;
            /**
             * Format: int64
             * @description The newest version of an own one, else 0
             */
            version: number;
            workflows: components["schemas"]["TemplateWorkflow"][];
        };
        TemplateWorkflow: {
            name: string;
            /** @description What it is made of, triggers first, in the order of the document */
            steps: components["schemas"]["TemplateStep"][];
        };
        TestAlertsView: {
            /**
             * Format: int64
             * @description How many messages were put into the outbox; GET /outbox says what became of them
             */
            queued: number;
        };
        TestBody: {
            /** @description The run's contact */
            contact_id?: string;
            /** @description true, the default, changes and sends nothing; false does everything for real, once */
            dry_run?: boolean;
            /** @description Becomes trigger.body */
            payload?: unknown;
            /** @description A stored request to test with, in the place of payload */
            request_id?: string;
            /** @description An earlier run of this workflow, whose event and contact to test with, in the place of payload */
            run_id?: string;
            /** @description Id of the trigger to start at; the manual one, or else the first, when left out */
            trigger?: string;
            /** @description Ends the test after this step */
            until_step?: string;
        };
        TestedView: {
            /** @description Whose credential it is, where the service says so */
            account?: string;
            /** @description What went wrong and what to do; empty when it works */
            message: string;
            ok: boolean;
        };
        TestEmailView: {
            /**
             * @description outbox: it is kept there, because no SMTP_URL is set or the workspace is a sandbox
             * @enum {string}
             */
            email_delivery: "smtp" | "outbox";
            /** @description GET /outbox/{id} says what became of it */
            message_id: string;
            to: string;
        };
        TimelineView: {
            /** Format: date-time */
            at: string;
            /** @description The event's objects, the grant, or the e-mail's subject, address and error */
            data: unknown;
            id: string;
            /** @enum {string} */
            kind: "event" | "run" | "grant" | "email";
            /** @description The run, or the run that did it */
            run_id: string | null;
            /** @description An event's or grant's type such as tag.added; of a run its status; of an e-mail email. and its status such as email.skipped */
            type: string;
            workflow_id: string | null;
        };
        TriggerView: {
            /** @example t_1 */
            id: string;
            /** @description Rotated addresses that still work */
            old_urls?: components["schemas"]["OldURLView"][] | null;
            /** @example webhook.catch */
            type: string;
            /** @description Where senders post to; absent for triggers that no address starts */
            url?: string;
            /** @description What the trigger of the live version does by itself: keep to a schedule, ask another service, or keep its address registered there; absent for others and in lists */
            watch?: components["schemas"]["WatchView"];
        };
        UpdateMeInputBody: {
            /** @description IANA name such as Europe/Berlin; empty for that of the browser */
            timezone?: string;
        };
        UpdateTemplateInputBody: {
            name?: string;
            summary?: string;
        };
        Used: {
            /**
             * Format: int64
             * @description Deliveries to outgoing webhooks
             */
            deliveries: number;
            /**
             * Format: int64
             * @description E-mails to contacts that were sent
             */
            emails: number;
            /** @description As they are now */
            limits: {
                [key: string]: number;
            };
            /**
             * @description In UTC
             * @example 2026-11
             */
            month: string;
            name: string;
            /**
             * Format: int64
             * @description Live runs of workflows that began
             */
            runs: number;
            slug: string;
            workspace_id: string;
        };
        ValueView: {
            id: string;
            /**
             * @description custom_values.KEY in mappings
             * @example support_email
             */
            key: string;
            /** @example Support e-mail */
            name: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Any JSON value */
            value: unknown;
        };
        VersionDetail: {
            /** @description What differs from compared_to, one sentence each */
            changes: components["schemas"]["Change"][];
            /**
             * Format: int64
             * @description Number of the version that changes starts from; null for the first
             */
            compared_to: number | null;
            /**
             * Format: date-time
             * @description When it was published
             */
            created_at: string;
            definition: unknown;
            /** @description Id of the user or API key */
            published_by: string;
            /** Format: int64 */
            version: number;
        };
        VersionView: {
            /**
             * Format: date-time
             * @description When it was published
             */
            created_at: string;
            /** @description Id of the user or API key */
            published_by: string;
            /** Format: int64 */
            version: number;
        };
        WatchView: {
            /** @description Whether the workflow is live and the trigger on */
            active: boolean;
            /**
             * Format: date-time
             * @description When it last started on time, was answered, or was registered; null for never
             */
            done_at: string | null;
            /** @description The last failure in a sentence; empty for none */
            error: string;
            /**
             * Format: int64
             * @description Tries that failed since then
             */
            failures: number;
            /**
             * @description schedule starts at times, poll asks another service what is new, remote keeps the address registered at a service
             * @enum {string}
             */
            kind: "schedule" | "poll" | "remote";
            /**
             * Format: date-time
             * @description When it acts next; null while there is nothing to do
             */
            next_at: string | null;
        };
        WholeMessage: {
            /** Format: int64 */
            attempts: number;
            body: string;
            /** @enum {string} */
            channel: "email" | "webhook";
            /** @description Whom it is to, when that is a contact */
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Why the last attempt failed, or why it was skipped or kept */
            error?: string;
            /** @description Empty for the mail server's own sender */
            from_email: string;
            from_name: string;
            /** @description The whole page, clean: show it in a frame without scripts; empty for text alone. The link to unsubscribe is not the real one */
            html: string;
            /** @example msg_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /**
             * @description hook tells that a webhook was paused or switched off, email is a step's, grant the confirmation of one, email_test somebody's test of a step
             * @enum {string}
             */
            kind: "digest" | "test" | "email" | "grant" | "email_test" | "hook";
            reply_to: string;
            /** @description The run whose step wrote it */
            run_id: string | null;
            /** Format: date-time */
            sent_at: string | null;
            /**
             * @description kept: there is no SMTP_URL, or the workspace is a sandbox, so it is only shown here; skipped: its reader does not want it
             * @enum {string}
             */
            status: "queued" | "sending" | "sent" | "kept" | "failed" | "skipped";
            /** @description That step's path */
            step?: string;
            subject: string;
            /** @description The address; of a webhook only its host */
            target: string;
        };
        WorkflowView: {
            /** Format: date-time */
            created_at: string;
            /** @description The workflow's document. Secrets stand in it as {"$secret": id}; not in lists */
            definition?: unknown;
            /**
             * Format: date-time
             * @description When it was moved to the trash; null otherwise
             */
            deleted_at: string | null;
            /**
             * @description Where lists show it; empty outside of all folders
             * @example Sales
             */
            folder: string;
            /** @description Whether the draft differs from the live version */
            has_changes: boolean;
            /**
             * Format: int64
             * @description Requests and runs that wait for a publish or resume, counted up to 10,000
             */
            held_count: number;
            /** @example wf_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10 */
            id: string;
            /** @description The newest runs; in lists only */
            last_runs?: components["schemas"]["LastRunView"][] | null;
            /**
             * Format: int64
             * @description Number of the published version; null before the first publish
             */
            live_version: number | null;
            /** @example New buyers get access */
            name: string;
            /** @description What publishing the draft would refuse, and warnings; not in lists */
            problems?: components["schemas"]["Item"][] | null;
            /**
             * Format: int64
             * @description Grows with each change; the ETag of this answer
             */
            revision: number;
            /** @description Made of a template, and nothing was received yet; in lists only */
            silent?: boolean;
            /** @enum {string} */
            status: "draft" | "live" | "paused" | "deleted";
            triggers: components["schemas"]["TriggerView"][];
            /** Format: date-time */
            updated_at: string;
            /** @description Which document definition is: draft, or the number of a version; not in lists */
            version?: string;
        };
        Workspace: {
            /** Format: date-time */
            created_at: string;
            currency: string;
            default_country: string;
            features: {
                [key: string]: boolean;
            };
            /**
             * Format: int64
             * @description How long finished runs and requests are kept on this server; 0 for ever
             */
            history_days: number;
            id: string;
            limits: {
                [key: string]: number;
            };
            locale: string;
            name: string;
            /** Format: int64 */
            number: number;
            sandbox: boolean;
            sender: components["schemas"]["Sender"];
            slug: string;
            timezone: string;
        };
        WorkspaceFields: {
            /** @description ISO 4217 code */
            currency?: string;
            /** @description ISO 3166 country of phone numbers without a prefix */
            default_country?: string;
            /** @description Named here are set, the others stay. Only people and keys with rights in all workspaces change them */
            features?: {
                [key: string]: boolean;
            };
            /** @description Named here are set, the others stay; 0 takes a limit away: runs_per_month (what comes beyond is held), contacts, workflows (more are refused). Only people and keys with rights in all workspaces change them */
            limits?: {
                [key: string]: number;
            };
            /** @description BCP 47 tag such as en-GB */
            locale?: string;
            name?: string;
            /** @description While it is true nothing leaves the workspace: calls of steps, deliveries to hooks and e-mails are kept and shown as "kept: sandbox", and runs go on with a sample answer */
            sandbox?: boolean;
            sender?: components["schemas"]["SenderFields"];
            /** @description Lower-case letters, digits and hyphens; works wherever the id does */
            slug?: string;
            /** @description IANA name such as Europe/Berlin */
            timezone?: string;
        };
        Wrong: {
            code: string;
            detail: string;
            key: string;
            label: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "get-who-hears-of-failures-in-any-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgencyAlertsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-who-hears-of-failures-in-any-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "emails": [
                 *         "ops@agency.example.com"
                 *       ],
                 *       "every_minutes": 15
                 *     }
                 */
                "application/json": components["schemas"]["PutAgencyAlertsInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgencyAlertsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-the-brand-of-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-the-brand-of-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Northlight",
                 *       "accent": "#1f6feb",
                 *       "sender": {
                 *         "name": "Northlight",
                 *         "email": "hello@northlight.example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BrandBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-domain-of-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "automation.northlight.example.com"
                 *     }
                 */
                "application/json": components["schemas"]["DomainBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-whether-the-domain-of-the-agency-leads-here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "anyway": true
                 *     }
                 */
                "application/json": components["schemas"]["CheckBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-logo-of-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "image": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
                 *     }
                 */
                "application/json": components["schemas"]["LogoBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-the-logo-of-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-api-keys-of-all-workspaces": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageKeyView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-an-api-key-of-all-workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reporting",
                 *       "scopes": [
                 *         "contacts:read",
                 *         "runs:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeyBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-an-api-key-of-all-workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-audit-log-of-the-installation": {
        parameters: {
            query?: {
                /** @description Such as workflow.published, or workflow for all that begin so */
                action?: string;
                /** @description Part of who did it, or the id of a user or API key */
                actor?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description Done then or later */
                from?: string;
                /** @description How many at most */
                limit?: number;
                /** @description Id of what it was done to */
                object?: string;
                /** @description Done before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageEntryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-the-audit-log-of-the-installation": {
        parameters: {
            query?: {
                /** @description jsonl has one entry a line, with the exact text that its hash is made of */
                format?: "csv" | "jsonl";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-that-the-installation-s-audit-log-is-whole": {
        parameters: {
            query?: {
                /** @description Its hash: says whether the chain still holds that entry as it was */
                hash?: string;
                /** @description Of a head that you noted earlier */
                seq?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-a-copy-of-the-database": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "show-what-pages-make-of-a-colour": {
        parameters: {
            query: {
                /** @description A colour such as #0b7a8c */
                accent: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Palette"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "fill-in-what-a-client-link-asks-for": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link",
                 *       "params": {
                 *         "token": "a-token-of-the-service"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FillLinkInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilledView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "see-what-a-client-link-asks-for": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link"
                 *     }
                 */
                "application/json": components["schemas"]["OpenLinkInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in-at-the-service-that-a-client-link-asks-for": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link"
                 *     }
                 */
                "application/json": components["schemas"]["OpenLinkInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-workspaces-with-how-they-fare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageClient"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-open-invitations-to-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite-one-of-the-agency-s-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@agency.example.com",
                 *       "role": "builder"
                 *     }
                 */
                "application/json": components["schemas"]["MemberBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-an-invitation-to-the-agency": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invitation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-an-invitation-to-the-agency-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invitation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accept-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link",
                 *       "name": "Grace Hopper",
                 *       "password": "a third horse battery",
                 *       "timezone": "America/New_York"
                 *     }
                 */
                "application/json": components["schemas"]["AcceptInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "see-what-an-invitation-is-for": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link"
                 *     }
                 */
                "application/json": components["schemas"]["LookInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "describe-the-language-of-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "who-am-i": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-what-you-decide-for-yourself": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "timezone": "Europe/Berlin"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateMeInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-agency-s-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageMemberView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-one-of-the-agency-s-people-who-has-an-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "linus@agency.example.com",
                 *       "role": "builder"
                 *     }
                 */
                "application/json": components["schemas"]["MemberBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-one-of-the-agency-s-people": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-the-role-of-one-of-the-agency-s-people": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeTypes"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-a-new-password-by-a-reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link",
                 *       "password": "another horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["ResetInputBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-roles-of-the-agency-s-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageRoleView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-rights-that-api-keys-can-have": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageRightView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "search-all-workspaces": {
        parameters: {
            query: {
                /** @description The beginning of an e-mail address, the id of a run or request or its beginning, or a part of a workflow's name */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageFoundView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageSenderView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@agency.example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["SignInInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-installation-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "token-from-the-link",
                 *       "email": "ada@agency.example.com",
                 *       "name": "Ada Lovelace",
                 *       "password": "correct horse battery",
                 *       "timezone": "Europe/London",
                 *       "workspace_timezone": "Europe/London",
                 *       "workspace_currency": "GBP"
                 *     }
                 */
                "application/json": components["schemas"]["SetUpInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "look-at-a-shared-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-what-workspaces-used": {
        parameters: {
            query?: {
                /** @description The first month, such as 2026-01; the present one when left out */
                from?: string;
                /** @description The last month; the present one when left out */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageUsed"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-what-workspaces-used-as-csv": {
        parameters: {
            query?: {
                /** @description The first month, such as 2026-01; the present one when left out */
                from?: string;
                /** @description The last month; the present one when left out */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-workspaces": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageWorkspace"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Bright Dental",
                 *       "slug": "bright-dental",
                 *       "timezone": "Europe/Berlin",
                 *       "locale": "de",
                 *       "currency": "EUR",
                 *       "default_country": "DE"
                 *     }
                 */
                "application/json": components["schemas"]["WorkspaceFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "timezone": "America/New_York"
                 *     }
                 */
                "application/json": components["schemas"]["WorkspaceFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-who-hears-of-failures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-who-hears-of-failures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "emails": [
                 *         "ops@acme.example.com"
                 *       ],
                 *       "every_minutes": 30
                 *     }
                 */
                "application/json": components["schemas"]["PutAlertsInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-test-message-to-who-hears-of-failures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAlertsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-api-keys": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageKeyView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Course platform",
                 *       "scopes": [
                 *         "contacts:read",
                 *         "contacts:write"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeyBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-audit-log": {
        parameters: {
            query?: {
                /** @description Such as workflow.published, or workflow for all that begin so */
                action?: string;
                /** @description Part of who did it, or the id of a user or API key */
                actor?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description Done then or later */
                from?: string;
                /** @description How many at most */
                limit?: number;
                /** @description Id of what it was done to */
                object?: string;
                /** @description Done before */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageEntryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-the-audit-log": {
        parameters: {
            query?: {
                /** @description jsonl has one entry a line, with the exact text that its hash is made of */
                format?: "csv" | "jsonl";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-that-the-audit-log-is-whole": {
        parameters: {
            query?: {
                /** @description Its hash: says whether the chain still holds that entry as it was */
                hash?: string;
                /** @description Of a head that you noted earlier */
                seq?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-the-brand-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-the-brand-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Flows",
                 *       "accent": "#dd4400",
                 *       "sender": {
                 *         "name": "Acme",
                 *         "email": "hello@acme.example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BrandBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-domain-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "flows.acme.example.com"
                 *     }
                 */
                "application/json": components["schemas"]["DomainBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-whether-the-domain-of-a-workspace-leads-here": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "anyway": true
                 *     }
                 */
                "application/json": components["schemas"]["CheckBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-logo-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "image": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
                 *     }
                 */
                "application/json": components["schemas"]["LogoBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-the-logo-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-what-the-checkout-of-the-whole-site-calls": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckoutView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-the-purchase-webhook-of-the-whole-site": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purchase_webhook_url": "https://example.com/hooks/purchases"
                 *     }
                 */
                "application/json": components["schemas"]["PatchCheckoutInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckoutView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-the-report-of-a-job-over-clients": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-the-report-of-a-job-over-clients": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "publish-pause-or-set-a-value-in-many-clones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "template": "tpl_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "clone_ids": [
                 *         "cln_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ],
                 *       "action": "pause"
                 *     }
                 */
                "application/json": components["schemas"]["ActInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ask-a-client-for-a-new-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "auth.bearer",
                 *       "name": "CRM",
                 *       "params": {
                 *         "hosts": [
                 *           "api.example.com"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RequestConnectionInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedConnection"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-connections": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                /** @description lost lists only those that somebody must connect again; they come in one part */
                sign_in?: "lost";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageConnectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "auth.bearer",
                 *       "name": "CRM",
                 *       "params": {
                 *         "token": "a-token-of-the-service",
                 *         "hosts": [
                 *           "api.example.com"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateConnectionInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "CRM of Acme"
                 *     }
                 */
                "application/json": components["schemas"]["PatchConnectionInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-what-can-be-chosen-for-a-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "slack.post_message",
                 *       "field": "channel"
                 *     }
                 */
                "application/json": components["schemas"]["ChoicesInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoicesView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-client-links-of-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageClientLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ask-a-client-to-fill-a-connection-in": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-the-client-link-of-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "begin-a-sign-in-at-a-connection-s-service": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "back": "/connections"
                 *     }
                 */
                "application/json": components["schemas"]["ConnectInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-a-connection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-contact-fields": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageFieldView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-contact-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "plan_size",
                 *       "label": "Plan size",
                 *       "kind": "choice",
                 *       "options": [
                 *         "Small",
                 *         "Large"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateFieldInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-contact-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-contact-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-contact-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "Size of the plan"
                 *     }
                 */
                "application/json": components["schemas"]["PatchFieldInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-contacts": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description The whole address, ignoring case */
                email?: string;
                /** @description How many at most */
                limit?: number;
                /** @description A part of the e-mail, name, phone, company or external_user_id */
                q?: string;
                /** @description Name or id of a tag */
                tag?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageContactView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@example.com",
                 *       "first_name": "Grace",
                 *       "last_name": "Hopper",
                 *       "phone": "+14155552671",
                 *       "tags": [
                 *         "newsletter"
                 *       ],
                 *       "address": {
                 *         "city": "New York",
                 *         "country": "US"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ContactFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "erase-a-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "company": "United States Navy",
                 *       "tags": [
                 *         "newsletter",
                 *         "vip"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ContactFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-a-contact-s-reply": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Yes, please call me.",
                 *       "channel": "sms"
                 *     }
                 */
                "application/json": components["schemas"]["RecordReplyInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-what-happened-to-a-contact": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTimelineView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-contacts-as-csv": {
        parameters: {
            query?: {
                /** @description As in the list */
                q?: string;
                /** @description As in the list */
                tag?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "start-a-workflow-for-many-contacts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "workflow_id": "wf_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "ids": [
                 *         "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["StartForContactsInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-course-events": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                kind?: "enrolled" | "lesson_completed" | "completed" | "certificate" | "milestone";
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageCourseEventView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-a-course-event": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "kind": "lesson_completed",
                 *       "course": "Course A",
                 *       "lesson": "Lesson 1",
                 *       "percent": 10
                 *     }
                 */
                "application/json": components["schemas"]["CreateCourseEventInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseEventRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-course-event": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseEventView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-custom-values": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageValueView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-custom-value": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "support_address",
                 *       "name": "Support address",
                 *       "value": "help@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["CreateValueInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-custom-value": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-custom-value": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-custom-value": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "support@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["PatchValueInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-deliveries": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description Of the hooks that send this event now, or did when they were deleted */
                event?: string;
                /** @description Created then or later */
                from?: string;
                hook_id?: string;
                /** @description How many at most */
                limit?: number;
                status?: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
                /** @description Created before */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageDeliveryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-delivery-with-its-attempts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-delivery-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-the-failed-deliveries-of-a-time-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-01-01T00:00:00Z",
                 *       "event": "contact.created"
                 *     }
                 */
                "application/json": components["schemas"]["ResendManyInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "stream-changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent by browsers that come back; they are told to fetch again what they show */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-a-workspace-as-files": {
        parameters: {
            query?: {
                /** @description Workflows as their drafts are, or only published ones as they are live */
                version?: "draft" | "live";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    "X-Left-Out"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-failures-by-their-cause": {
        parameters: {
            query?: {
                /** @description Failed then or later; 7 days ago when left out */
                from?: string;
                workflow_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageFailureGroup"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-forms": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageFormView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Webinar",
                 *       "button": "Sign up",
                 *       "thank_you": "See you there!",
                 *       "tags": [
                 *         "webinar"
                 *       ],
                 *       "fields": [
                 *         {
                 *           "key": "email",
                 *           "kind": "email",
                 *           "label": "E-mail",
                 *           "required": true,
                 *           "to": "email"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["FormParts"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Webinar in May"
                 *     }
                 */
                "application/json": components["schemas"]["FormParts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-submissions-of-a-form": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                /** @description accepted when left out */
                state?: "accepted" | "refused" | "spam";
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageSubmissionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "submit-a-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answers": {
                 *         "email": "grace@example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateSubmissionInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grants": {
        parameters: {
            query?: {
                /** @description Whether the grant is not revoked */
                active?: "true" | "false";
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                offer_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageGrantView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "grant-an-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "offer": "Course A",
                 *       "send_email": "never"
                 *     }
                 */
                "application/json": components["schemas"]["CreateGrantInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-grant": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-a-grant": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-hooks": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                event?: string;
                /** @description How many at most */
                limit?: number;
                resource_id?: string;
                status?: "active" | "paused" | "disabled";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageHookView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-hook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "purchase.created",
                 *       "url": "https://example.com/hooks/purchases",
                 *       "name": "Accounting"
                 *     }
                 */
                "application/json": components["schemas"]["CreateHookInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewHookView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-hook-and-the-health-of-its-endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-hook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-pause-or-resume-a-hook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "paused"
                 *     }
                 */
                "application/json": components["schemas"]["PatchHookInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "give-a-hook-a-new-signing-secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["RotateHookInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewHookView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-made-up-event-to-a-hook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "take-files-into-a-workspace": {
        parameters: {
            query?: {
                /** @description Only tells what would be made or changed */
                dry_run?: boolean;
                /** @description What becomes of workflows and templates whose name is there already: they stay, get the file as their new draft or version, or another one is made beside them */
                existing?: "keep" | "update" | "copy";
                /** @description What the files are compared with */
                version?: "draft" | "live";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {"schema":1,"name":"Welcome","summary":"Adds buyers to the contacts.","category":"Sales","inputs":[],"workflows":[{"key":"welcome","name":"Welcome","definition":{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"name":"Sale","params":{}}],"steps":[{"id":"buyer","type":"contact.upsert","v":1,"name":"Create contact","params":{"email":"{{ trigger.body.email }}"}}]}}]} */
                "application/zip": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "upload-a-file-of-contacts": {
        parameters: {
            query?: {
                /** @description Whether the first row names the columns */
                header?: "auto" | "yes" | "no";
                /** @description Name of the file */
                name?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example email,first_name
                 *     grace@example.com,Grace
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-a-file-of-contacts": {
        parameters: {
            query?: {
                /** @description Whether the first row names the columns */
                header?: "auto" | "yes" | "no";
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-the-rows-that-an-import-refused": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    "X-Content-Type-Options"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "import-a-file-of-contacts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "columns": [
                 *         "email"
                 *       ],
                 *       "tags": [
                 *         "imported"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["StartImportInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-open-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite-a-member": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@acme.example.com",
                 *       "role": "builder"
                 *     }
                 */
                "application/json": components["schemas"]["MemberBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-an-invitation-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-job": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageMemberView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-a-member-who-has-an-account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "linus@acme.example.com",
                 *       "role": "viewer"
                 *     }
                 */
                "application/json": components["schemas"]["MemberBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-a-member": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-the-role-of-a-member": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "viewer"
                 *     }
                 */
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-offers": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfferView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-an-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Course B",
                 *       "products": [
                 *         {
                 *           "title": "Course B"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateOfferInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-an-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-an-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-an-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Course B, second edition"
                 *     }
                 */
                "application/json": components["schemas"]["PatchOfferInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-calls-of-an-offer-s-addresses": {
        parameters: {
            query?: {
                action?: "activate" | "deactivate";
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                verdict?: "accepted" | "duplicate" | "invalid" | "forbidden" | "too_large" | "rate_limited";
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfferCallView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "give-an-offer-new-addresses": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["RotateOfferInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferAddresses"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-the-addresses-of-an-offer-and-who-uses-old-ones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferAddresses"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-orders": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                offer_id?: string;
                state?: "completed" | "part_refunded" | "refunded" | "charged_back";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOrderView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-an-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "external_id": "order-1001",
                 *       "currency": "USD",
                 *       "items": [
                 *         {
                 *           "offer": "Course A",
                 *           "amount": 4900
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateOrderInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-an-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-the-chargeback-of-an-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The bank took it back."
                 *     }
                 */
                "application/json": components["schemas"]["ChargebackInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-the-refund-of-an-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The buyer changed their mind."
                 *     }
                 */
                "application/json": components["schemas"]["RefundInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-messages-to-people": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                run_id?: string;
                status?: "queued" | "sending" | "sent" | "kept" | "failed" | "skipped";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageMessageView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-message-to-people": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-kept-or-failed-message-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-payments": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                kind?: "one_time" | "first" | "instalment";
                /** @description How many at most */
                limit?: number;
                offer_id?: string;
                state?: "succeeded" | "failed" | "part_refunded" | "refunded" | "charged_back";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePaymentView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-a-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "external_id": "pay-1001",
                 *       "offer_ids": [
                 *         "off_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ],
                 *       "amount": 4900,
                 *       "currency": "USD"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePaymentInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-the-chargeback-of-a-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The bank took it back."
                 *     }
                 */
                "application/json": components["schemas"]["ChargebackInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-the-refund-of-a-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The buyer changed their mind."
                 *     }
                 */
                "application/json": components["schemas"]["RefundInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-purchases": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                offer_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePurchaseView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-a-purchase-with-its-first-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "external_id": "sale-1001",
                 *       "offer": "Course A",
                 *       "amount": 4900,
                 *       "currency": "USD"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePurchaseInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurchaseRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-purchase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurchaseView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "take-a-purchase-and-its-access-away": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "It was refunded."
                 *     }
                 */
                "application/json": components["schemas"]["SetPurchaseInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurchaseView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "give-a-purchase-and-its-access-back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The bank was wrong."
                 *     }
                 */
                "application/json": components["schemas"]["SetPurchaseInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurchaseView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-clones-whose-push-waits-for-a-person": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePushCloneView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-push": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-clone-of-a-push": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the clone */
                clone: string;
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushCloneView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "choose-for-a-clone-that-waits": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the clone */
                clone: string;
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "choices": [
                 *         {
                 *           "workflow_id": "wf_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *           "key": "steps/buyer/name",
                 *           "take": "ours"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PushAnswerInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushCloneView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-that-a-trigger-goes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the clone */
                clone: string;
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "workflow_id": "wf_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "trigger_id": "hook"
                 *     }
                 */
                "application/json": components["schemas"]["PushConfirmInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushConfirmedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "roll-a-clone-back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the clone */
                clone: string;
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "force": false
                 *     }
                 */
                "application/json": components["schemas"]["PushRollBackInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushCloneView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-about-a-push": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "roll_back"
                 *     }
                 */
                "application/json": components["schemas"]["PushDecideInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-requests": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                /** @description Looked for in ids, path, query, reason, address and body; a part of the list may come back empty with a cursor to go on */
                q?: string;
                /** @description Id of a trigger in the workflow's document */
                trigger_id?: string;
                verdict?: "accepted" | "duplicate" | "held" | "filtered" | "handshake" | "bad_signature" | "forbidden_ip" | "invalid" | "too_large" | "rate_limited";
                workflow_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageRequestView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-the-body-of-a-request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    "X-Content-Type-Options"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "run-a-request-again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-roles-of-a-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageRoleView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-runs": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description Id of a group of GET /failures: only runs that failed for that reason */
                failure?: string;
                /** @description Created then or later */
                from?: string;
                /** @description workflow when left out */
                kind?: "workflow" | "delivery" | "activation" | "step_test" | "any";
                /** @description How many at most */
                limit?: number;
                mode?: "live" | "test" | "dry" | "backtest";
                /** @description Looked for in ids, input and error; a part of the list may come back empty with a cursor to go on */
                q?: string;
                status?: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled" | "parked";
                /** @description Only runs that stand at this step of workflow_id: they wait in it, or stopped there */
                step_id?: string;
                /** @description Created before */
                to?: string;
                workflow_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageRunView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-run-with-its-steps": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "cancel-a-run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "replay-a-run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "as_new": true
                 *     }
                 */
                "application/json": components["schemas"]["ReplayInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "let-a-failed-run-go-on": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "version": "pinned"
                 *     }
                 */
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-steps-of-a-run": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                /** @description Only steps whose path begins so, such as items[3]/ */
                path?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageStepView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "replay-retry-or-cancel-many-runs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "cancel",
                 *       "ids": [
                 *         "run_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BulkInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-runs-over-time": {
        parameters: {
            query?: {
                /** @description How long one slot is; days are those of the workspace's time zone */
                by?: "hour" | "day";
                /** @description Runs that began then or later; 7 days or 24 hours before to when left out */
                from?: string;
                /** @description Runs that began before; now when left out */
                to?: string;
                /** @description All workflows when left out */
                workflow_id?: string;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chart"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-subscriptions": {
        parameters: {
            query?: {
                contact_id?: string;
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
                offer_id?: string;
                state?: "trialing" | "active" | "canceled";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageSubscriptionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-a-subscription": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "con_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
                 *       "external_id": "sub-1001",
                 *       "offer": "Course A",
                 *       "amount": 900,
                 *       "currency": "USD",
                 *       "interval": "month"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSubscriptionInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionRecorded"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-subscription": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-what-became-of-a-subscription": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "change": "renewed"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSubscriptionInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-tags": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTagView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-tag": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Newsletter readers"
                 *     }
                 */
                "application/json": components["schemas"]["TagBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-tag": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-tag": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rename-a-tag": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Readers"
                 *     }
                 */
                "application/json": components["schemas"]["TagBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-templates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-a-template-of-workflows": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sale",
                 *       "summary": "Grants the course after a sale.",
                 *       "workflow_ids": [
                 *         "wf_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["MakeTemplateInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "summary": "Grants the course after a sale."
                 *     }
                 */
                "application/json": components["schemas"]["UpdateTemplateInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-the-workflows-of-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sale in May"
                 *     }
                 */
                "application/json": components["schemas"]["CloneInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cloned"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-clones-of-a-template": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageCloneView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "clone-a-template-for-many-clients": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         {
                 *           "client": "acme"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CloneRows"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-who-a-template-is-cloned-for": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         {
                 *           "client": "acme"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CloneRows"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "tell-which-clone-stands-where": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageDriftView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-a-template-file": {
        parameters: {
            query?: {
                /** @description 0 for the newest */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-links-of-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplateLinkView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "share-a-template-by-a-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "days": 14
                 *     }
                 */
                "application/json": components["schemas"]["ShareInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateLinkView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-a-link-to-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the link */
                link: string;
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "push-a-version-to-clones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "all": true
                 *     }
                 */
                "application/json": components["schemas"]["PushInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "look-ahead-at-a-push": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "all": true
                 *     }
                 */
                "application/json": components["schemas"]["PushTarget"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushPreviewView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-pushes": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePushView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "see-what-a-new-version-would-ask-for": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-a-sheet-to-clone-by": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-versions-of-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplateVersionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-a-new-version-of-a-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a template; see GET /templates */
                template: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "notes": "Warmer words in the e-mail."
                 *     }
                 */
                "application/json": components["schemas"]["NewVersionInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "import-a-template-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "schema": 1,
                 *       "name": "Welcome",
                 *       "summary": "Adds buyers to the contacts.",
                 *       "category": "Sales",
                 *       "inputs": [],
                 *       "workflows": [
                 *         {
                 *           "key": "welcome",
                 *           "name": "Welcome",
                 *           "definition": {
                 *             "schema": 1,
                 *             "triggers": [
                 *               {
                 *                 "id": "hook",
                 *                 "type": "webhook.catch",
                 *                 "v": 1,
                 *                 "name": "Sale",
                 *                 "params": {}
                 *               }
                 *             ],
                 *             "steps": [
                 *               {
                 *                 "id": "buyer",
                 *                 "type": "contact.upsert",
                 *                 "v": 1,
                 *                 "name": "Create contact",
                 *                 "params": {
                 *                   "email": "{{ trigger.body.email }}"
                 *                 }
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "see-what-a-template-would-ask-for": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "workflow_ids": [
                 *         "wf_0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RecipeBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-the-folders-of-workflows": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageFolderView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-workflows": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description Only those in the folder of this name */
                folder?: string;
                /** @description How many at most */
                limit?: number;
                /** @description A part of the name */
                q?: string;
                /** @description Only these; deleted lists the trash */
                status?: "draft" | "live" | "paused" | "deleted";
            };
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageWorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "New buyers",
                 *       "definition": {
                 *         "schema": 1,
                 *         "triggers": [
                 *           {
                 *             "id": "hook",
                 *             "type": "webhook.catch",
                 *             "v": 1,
                 *             "name": "Sale",
                 *             "params": {}
                 *           }
                 *         ],
                 *         "steps": [
                 *           {
                 *             "id": "buyer",
                 *             "type": "contact.upsert",
                 *             "v": 1,
                 *             "name": "Create contact",
                 *             "params": {
                 *               "email": "{{ trigger.body.email }}"
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateWorkflowInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-workflow": {
        parameters: {
            query?: {
                /** @description draft (the default), live, or the number of a version */
                version?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "replace-a-workflow-s-draft": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of your last read, or * to overwrite whatever is there */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "New buyers",
                 *       "definition": {
                 *         "schema": 1,
                 *         "triggers": [
                 *           {
                 *             "id": "hook",
                 *             "type": "webhook.catch",
                 *             "v": 1,
                 *             "name": "Sale",
                 *             "params": {}
                 *           }
                 *         ],
                 *         "steps": [
                 *           {
                 *             "id": "buyer",
                 *             "type": "contact.upsert",
                 *             "v": 1,
                 *             "name": "Create contact",
                 *             "params": {
                 *               "email": "{{ trigger.body.email }}"
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PutWorkflowInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "move-a-workflow-to-the-trash": {
        parameters: {
            query?: {
                /** @description Deletes one that is in the trash for good: its addresses answer 410 from then on, its history stays */
                forever?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-a-workflow-s-draft": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of your last read, or * to overwrite whatever is there */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "New buyers of May"
                 *     }
                 */
                "application/json": components["schemas"]["PatchWorkflowInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-what-publishing-would-do": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecklistView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discard-a-workflow-s-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "compare-mappings-with-the-last-real-events": {
        parameters: {
            query?: {
                /** @description Id of a trigger; the first that is switched on when left out */
                trigger?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "duplicate-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-an-e-mail-as-a-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "step": "mail",
                 *       "payload": {
                 *         "name": "Grace"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EmailBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-test-e-mail-to-me": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "step": "mail",
                 *       "payload": {
                 *         "name": "Grace"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EmailBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestEmailView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-a-workflow-as-a-file": {
        parameters: {
            query?: {
                /** @description draft (the default), live, or the number of a version */
                version?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    "X-Left-Out"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-what-is-held": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldAnswer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "pause-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-mappings-and-conditions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "values": {
                 *         "email": "{{ trigger.body.email | lower() }}"
                 *       },
                 *       "payload": {
                 *         "email": "Ada@Example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "publish-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "held": "keep"
                 *     }
                 */
                "application/json": components["schemas"]["HeldBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "take-a-workflow-out-of-the-trash": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "resume-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "held": "run"
                 *     }
                 */
                "application/json": components["schemas"]["HeldBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "start-a-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payload": {
                 *         "email": "ada@example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RunWorkflowInputBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRuns"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-what-can-be-mapped": {
        parameters: {
            query?: {
                /** @description The contact to look at; that of the run, or else the newest one, when left out */
                contact_id?: string;
                /** @description A stored request to look at */
                request_id?: string;
                /** @description A run of this workflow to look at; its steps' outputs count first */
                run_id?: string;
                /** @description The step of the saved draft in whose place to look; the end of the workflow when left out */
                step?: string;
                /** @description Id of a trigger of the draft; that of the request or run, or else the first that is switched on, when left out */
                trigger?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-what-steps-did": {
        parameters: {
            query?: {
                /** @description Runs that began then or later; 30 days before to when left out */
                from?: string;
                /** @description Runs that began before; now when left out */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-one-step-of-a-workflow-s-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id of the step */
                step: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dry_run": true,
                 *       "payload": {
                 *         "email": "ada@example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TestBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "suggest-values-for-a-form": {
        parameters: {
            query?: {
                /** @description The contact to look at; that of the run, or else the newest one, when left out */
                contact_id?: string;
                /** @description A stored request to look at */
                request_id?: string;
                /** @description A run of this workflow to look at; its steps' outputs count first */
                run_id?: string;
                /** @description Id of a trigger of the draft; that of the request or run, or else the first that is switched on, when left out */
                trigger?: string;
                /** @description Node type whose form is to be filled in */
                type?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-a-workflow-s-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dry_run": true,
                 *       "payload": {
                 *         "email": "ada@example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TestBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "give-a-trigger-a-new-signing-secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id of the trigger */
                trigger: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": "whsec_the-new-one",
                 *       "overlap": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["RotateSecretInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedSecretView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "give-a-trigger-a-new-address": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id of the trigger */
                trigger: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["RotateInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keep-pasted-data-as-a-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id of the trigger */
                trigger: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "{\"email\": \"ada@example.com\"}"
                 *     }
                 */
                "application/json": components["schemas"]["PasteBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-a-sample-to-a-trigger": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id of the trigger */
                trigger: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sender": "stripe"
                 *     }
                 */
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-versions": {
        parameters: {
            query?: {
                /** @description next_cursor of the part before */
                cursor?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageVersionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-a-version-and-what-it-changed": {
        parameters: {
            query?: {
                /** @description Number of the version to compare with; the one before when left out */
                against?: number;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Number of the version */
                version: number;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-a-version-the-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Number of the version */
                version: number;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "compare-two-versions": {
        parameters: {
            query?: {
                /** @description live, draft or the number of a version */
                from?: string;
                /** @description live, draft or the number of a version */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing */
                id: string;
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiffView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-the-last-week-of-every-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the workspace */
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
