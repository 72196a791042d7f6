package bundle

import (
	"fmt"
	"regexp"
	"strings"
)

// maxName is how long the name of a file gets, without its end.
const maxName = 80

// reserved are names that one file system or another keeps for itself.
var reserved = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9]|hookloom)$`)

// slug is a name as every file system takes it; other for one without letters or
// digits that they all know.
func slug(name, other string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	text := b.String()
	text = strings.Trim(text[:min(len(text), maxName)], "-")
	switch {
	case text == "":
		return other
	case reserved.MatchString(text):
		return other + "-" + text
	}
	return text
}

// FileName is the name of a workflow's file.
func FileName(workflow string) string { return slug(workflow, "workflow") + fileEnd }

// paths gives each name a path of its own: a path that two would have gets a number,
// in the order of the names.
func paths(names []string, folder, other, end string) []string {
	taken := map[string]bool{}
	list := make([]string, len(names))
	for i, name := range names {
		base := slug(name, other)
		free := base
		for n := 2; taken[free]; n++ {
			free = fmt.Sprintf("%s-%d", base, n)
		}
		taken[free] = true
		list[i] = folder + free + end
	}
	return list
}
