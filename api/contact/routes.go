package contact

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes are people and what is known of them.
func (a *API) Routes() {
	const (
		contacts = rest.WS + "/contacts"
		contact  = contacts + "/{id}"
		tags     = rest.WS + "/tags"
		fields   = rest.WS + "/contact-fields"
	)
	rest.Handle(a.Shell, rest.Get(contacts, rest.Needs(account.ContactsRead), "List contacts"), a.listContacts)
	rest.Handle(a.Shell, rest.Post(contacts, rest.Needs(account.ContactsWrite), "Create a contact"), a.createContact)
	rest.Handle(a.Shell, rest.Get(contact, rest.Needs(account.ContactsRead), "Get a contact"), a.getContact)
	rest.Handle(a.Shell, rest.Patch(contact, rest.Needs(account.ContactsWrite), "Change a contact"), a.patchContact)
	rest.Handle(a.Shell, rest.Remove(contact, rest.Needs(account.ContactsWrite), "Erase a contact"), a.eraseContact)
	rest.Handle(a.Shell, rest.Get(contact+"/timeline", rest.Needs(account.ContactsRead), "List what happened to a contact"), a.contactTimeline)
	rest.Handle(a.Shell, rest.Post(contact+"/replies", rest.Needs(account.ContactsWrite), "Record a contact's reply"), a.recordReply)

	rest.Handle(a.Shell, rest.Get(tags, rest.Needs(account.ContactsRead), "List tags"), a.listTags)
	rest.Handle(a.Shell, rest.Post(tags, rest.Needs(account.ContactsWrite), "Create a tag"), a.createTag)
	rest.Handle(a.Shell, rest.Get(tags+"/{id}", rest.Needs(account.ContactsRead), "Get a tag"), a.getTag)
	rest.Handle(a.Shell, rest.Patch(tags+"/{id}", rest.Needs(account.ContactsWrite), "Rename a tag"), a.patchTag)
	rest.Handle(a.Shell, rest.Remove(tags+"/{id}", rest.Needs(account.ContactsWrite), "Delete a tag"), a.deleteTag)

	rest.Handle(a.Shell, rest.Get(fields, rest.Needs(account.ContactsRead), "List contact fields"), a.listFields)
	rest.Handle(a.Shell, rest.Post(fields, rest.Needs(account.ContactsWrite), "Create a contact field"), a.createField)
	rest.Handle(a.Shell, rest.Get(fields+"/{id}", rest.Needs(account.ContactsRead), "Get a contact field"), a.getField)
	rest.Handle(a.Shell, rest.Patch(fields+"/{id}", rest.Needs(account.ContactsWrite), "Change a contact field"), a.patchField)
	rest.Handle(a.Shell, rest.Remove(fields+"/{id}", rest.Needs(account.ContactsWrite), "Delete a contact field"), a.deleteField)

	const forms = rest.WS + "/forms"
	rest.Handle(a.Shell, rest.Get(forms, rest.Needs(account.FormsRead), "List forms"), a.listForms)
	rest.Handle(a.Shell, rest.Post(forms, rest.Needs(account.FormsWrite), "Create a form"), a.createForm)
	rest.Handle(a.Shell, rest.Get(forms+"/{id}", rest.Needs(account.FormsRead), "Get a form"), a.getForm)
	rest.Handle(a.Shell, rest.Patch(forms+"/{id}", rest.Needs(account.FormsWrite), "Change a form"), a.patchForm)
	rest.Handle(a.Shell, rest.Remove(forms+"/{id}", rest.Needs(account.FormsWrite), "Delete a form"), a.deleteForm)
	rest.Handle(a.Shell, rest.Get(forms+"/{id}/submissions", rest.Needs(account.FormsRead), "List the submissions of a form"), a.listSubmissions)
	rest.Handle(a.Shell, rest.Post(forms+"/{id}/submissions", rest.Needs(account.FormsWrite), "Submit a form"), a.createSubmission)
	a.sheetRoutes()
}

// sheetRoutes bring contacts in and take them out.
func (a *API) sheetRoutes() {
	const imports = rest.WS + "/imports"
	rest.Handle(a.Shell, rest.Post(imports, rest.Needs(account.ContactsWrite), "Upload a file of contacts").Takes(sheet.MaxBytes), a.uploadContacts)
	rest.Handle(a.Shell, rest.Get(imports+"/{id}", rest.Needs(account.ContactsWrite), "Preview a file of contacts"), a.getImport)
	rest.Handle(a.Shell, rest.Post(imports+"/{id}/start", rest.Needs(account.ContactsWrite), "Import a file of contacts").Answers(http.StatusAccepted), a.startImport)
	rest.Handle(a.Shell, rest.Get(imports+"/{id}/report", rest.Needs(account.ContactsWrite), "Download the rows that an import refused"), a.importReport)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/contacts/export", rest.Needs(account.ContactsRead), "Download contacts as CSV"), a.exportContacts)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/contacts/start", rest.Needs(account.RunsWrite), "Start a workflow for many contacts").Answers(http.StatusAccepted), a.startForContacts)
}
