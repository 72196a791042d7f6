package crm

import (
	"html"
	"strings"
)

// UnsubscribePath begins the address by which a contact unsubscribes; behind it
// stands the letter's token.
const UnsubscribePath = "/u/"

// Finished are a letter's text and HTML as they go out: a whole page, with the
// way to unsubscribe at its end. link is "" for a letter without one.
func Finished(text, clean, from, link string) (string, string) {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"></head>\n" +
		"<body style=\"margin:0;padding:24px;font-family:-apple-system,Segoe UI,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5\">\n" +
		"<div style=\"max-width:600px;margin:0 auto\">\n")
	b.WriteString(clean)
	if link != "" {
		why := "You get this e-mail because you subscribed to e-mails of " + strings.Join(strings.Fields(from), " ") + "."
		text += "\n\n--\n" + why + "\nUnsubscribe: " + link
		b.WriteString("\n<hr style=\"border:0;border-top:1px solid #ddd;margin:32px 0 16px\">\n<p style=\"font-size:13px;color:#555\">" + html.EscapeString(why) +
			" <a href=\"" + html.EscapeString(link) + "\" style=\"color:#555\">Unsubscribe</a></p>")
	}
	b.WriteString("\n</div>\n</body></html>\n")
	return text + "\n", b.String()
}
