package problem

import (
	"maps"
	"net/http"
	"slices"
)

// The codes of problems. They are stable: scripts rely on them.
const (
	CodeMalformed         = "malformed"
	CodeInvalid           = "invalid"
	CodeInvalidCursor     = "invalid_cursor"
	CodeUnauthenticated   = "unauthenticated"
	CodeKeyInQuery        = "key_in_query"
	CodeWrongCredentials  = "wrong_credentials"
	CodeForbidden         = "forbidden"
	CodeCrossSite         = "cross_site"
	CodeLinkUnknown       = "link_unknown"
	CodeLinkUsed          = "link_used"
	CodeLinkExpired       = "link_expired"
	CodeAlreadySetUp      = "already_set_up"
	CodeNotFound          = "not_found"
	CodeMethodNotAllowed  = "method_not_allowed"
	CodeTimeout           = "timeout"
	CodeWrongState        = "wrong_state"
	CodeBusy              = "busy"
	CodeRepeated          = "repeated"
	CodeKeyReused         = "idempotency_key_reused"
	CodeAnswerNotKept     = "answer_not_kept"
	CodeGone              = "gone"
	CodeStale             = "stale"
	CodeTooLarge          = "too_large"
	CodeUnsupported       = "unsupported"
	CodeIfMatchRequired   = "if_match_required"
	CodeTooManyRequests   = "too_many_requests"
	CodeTooManyHeaders    = "too_many_headers"
	CodeInternal          = "internal"
	CodeNotAvailable      = "not_available"
	CodeUnavailable       = "unavailable"
	CodeBadSignature      = "bad_signature"
	CodeForbiddenIP       = "forbidden_ip"
	CodeRefused           = "refused"
	CodeRateLimited       = "rate_limited"
	CodeUnknownAddress    = "unknown_address"
	CodeAddressNotInUse   = "address_not_in_use"
	CodeDocumentMalformed = "document_malformed"
	CodeDocumentProblems  = "document_problems"
)

// Explanation says what a code means.
type Explanation struct {
	Code   string
	Status int
	Title  string
	// Meaning says what happened and what to do.
	Meaning string
}

// Codes lists every code with its explanation, by status and then by name.
func Codes() []Explanation {
	all := slices.Collect(maps.Values(codes))
	slices.SortFunc(all, func(a, b Explanation) int {
		if a.Status != b.Status {
			return a.Status - b.Status
		}
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return all
}

var codes = index(
	// 400
	Explanation{CodeMalformed, http.StatusBadRequest, "Malformed request", "The request cannot be read. Send JSON as the documentation shows."},
	Explanation{CodeInvalidCursor, http.StatusBadRequest, "Invalid cursor", "The cursor is not one that this list gave out. Begin without a cursor."},
	Explanation{CodeDocumentMalformed, http.StatusBadRequest, "Malformed workflow", "The workflow's definition is not of the documented form, so it was not stored."},
	Explanation{CodeRefused, http.StatusBadRequest, "Request refused", "The webhook was stored but started nothing; the detail says why."},
	// 401
	Explanation{CodeUnauthenticated, http.StatusUnauthorized, "Not signed in", "Sign in, or send a valid API key in the header Authorization: Bearer KEY."},
	Explanation{CodeKeyInQuery, http.StatusUnauthorized, "API key in the address", "API keys are not accepted in the address, where logs keep them. Send the header Authorization: Bearer KEY, and replace this key."},
	Explanation{CodeWrongCredentials, http.StatusUnauthorized, "Wrong e-mail or password", "The e-mail address or the password is wrong."},
	Explanation{CodeBadSignature, http.StatusUnauthorized, "Sender not confirmed", "The request does not carry a valid signature for this address."},
	// 403
	Explanation{CodeForbidden, http.StatusForbidden, "Not allowed", "You may see this, but not do it. Ask an owner for the right, or use an API key with its scope."},
	Explanation{CodeCrossSite, http.StatusForbidden, "Request from another site", "The browser sent this from another site. Scripts use an API key instead of the session."},
	Explanation{CodeLinkUnknown, http.StatusForbidden, "Link not valid", "This link is not valid. Copy it whole, or ask for a new one."},
	Explanation{CodeForbiddenIP, http.StatusForbidden, "Address not allowed", "Requests from this network address are not accepted here."},
	// 404, 405
	Explanation{CodeNotFound, http.StatusNotFound, "Not found", "There is no such thing, or it belongs to somebody else."},
	Explanation{CodeUnknownAddress, http.StatusNotFound, "Unknown address", "No trigger and no offer has this address. Copy it again from where it is shown."},
	Explanation{CodeMethodNotAllowed, http.StatusMethodNotAllowed, "Method not allowed", "This address exists, but not for this method."},
	// 408, 409, 410
	Explanation{CodeTimeout, http.StatusRequestTimeout, "Too slow", "The request did not arrive in time. Send it again."},
	Explanation{CodeWrongState, http.StatusConflict, "Not possible now", "This is not possible in the present state; the detail says why."},
	Explanation{CodeAlreadySetUp, http.StatusConflict, "Already set up", "The first owner exists. Sign in instead."},
	Explanation{CodeRepeated, http.StatusConflict, "Request under way", "A request with this Idempotency-Key is being worked on. Try again in a moment."},
	Explanation{CodeAnswerNotKept, http.StatusConflict, "Done already", "A request with this Idempotency-Key was done, and its answer is shown only once. Look at what it made, or delete that and use a new key."},
	Explanation{CodeLinkUsed, http.StatusGone, "Link used", "This link was used already. Ask for a new one."},
	Explanation{CodeLinkExpired, http.StatusGone, "Link expired", "This link is too old or was withdrawn. Ask for a new one."},
	Explanation{CodeGone, http.StatusGone, "Gone", "This is not kept any more."},
	Explanation{CodeAddressNotInUse, http.StatusGone, "Address not in use", "This address was replaced or deleted. Give the sender the new one."},
	// 412 to 431
	Explanation{CodeStale, http.StatusPreconditionFailed, "Changed meanwhile", "Somebody else changed this meanwhile. Load it again, or save with If-Match: * to overwrite it."},
	Explanation{CodeTooLarge, http.StatusRequestEntityTooLarge, "Too large", "The body is larger than this server accepts."},
	Explanation{CodeUnsupported, http.StatusUnsupportedMediaType, "Unsupported type", "The body is of a type or encoding that is not read here. Send JSON."},
	Explanation{CodeInvalid, http.StatusUnprocessableEntity, "Invalid values", "Some values are not possible; errors names each."},
	Explanation{CodeDocumentProblems, http.StatusUnprocessableEntity, "Workflow not complete", "The workflow cannot be published yet; errors names every problem."},
	Explanation{CodeKeyReused, http.StatusUnprocessableEntity, "Idempotency-Key used before", "This Idempotency-Key belongs to another request. Use a new one."},
	Explanation{CodeIfMatchRequired, http.StatusPreconditionRequired, "If-Match missing", "Say which revision you change with If-Match (the ETag of your last read), or If-Match: * to overwrite whatever is there."},
	Explanation{CodeTooManyRequests, http.StatusTooManyRequests, "Too many requests", "Too many tries. Wait as long as Retry-After says."},
	Explanation{CodeRateLimited, http.StatusTooManyRequests, "Too many requests", "This address gets more requests than it may. Wait as long as Retry-After says."},
	Explanation{CodeTooManyHeaders, http.StatusRequestHeaderFieldsTooLarge, "Too many headers", "The request has more headers than this server reads."},
	// 5xx
	Explanation{CodeInternal, http.StatusInternalServerError, "Internal error", "This is a fault of the server. Its log has the cause under the trace id."},
	Explanation{CodeNotAvailable, http.StatusNotImplemented, "Not available", "This server was built without this."},
	Explanation{CodeUnavailable, http.StatusServiceUnavailable, "Not available now", "The server cannot do this now and nothing was changed. Try again soon."},
	Explanation{CodeBusy, http.StatusServiceUnavailable, "Busy", "The server has too much to do at once and nothing was changed. Try again in a moment."},
)

func index(all ...Explanation) map[string]Explanation {
	known := make(map[string]Explanation, len(all))
	for _, e := range all {
		known[e.Code] = e
	}
	return known
}
