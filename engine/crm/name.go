package crm

import "strings"

// SplitName splits a full name at its first space: "Ann Lee" is Ann and Lee,
// "Ludwig van Beethoven" is Ludwig and van Beethoven. "Lee, Ann" is read as last
// name first. One word is a first name.
func SplitName(full string) (first, last string) {
	full = cleanLine(full)
	if before, after, ok := strings.Cut(full, ","); ok {
		if before, after = strings.TrimSpace(before), strings.TrimSpace(after); before != "" && after != "" && !suffix(after) {
			return after, before
		}
	}
	first, last, _ = strings.Cut(full, " ")
	return first, last
}

// suffix reports what stands behind a comma without being a first name.
func suffix(s string) bool {
	switch strings.ToLower(strings.Trim(s, ". ")) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "esq", "mba":
		return true
	}
	return false
}

// JoinName puts a full name together of its parts.
func JoinName(first, last string) string { return cleanLine(first + " " + last) }
