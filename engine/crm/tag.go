package crm

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of tags.
const (
	// MaxTagName is how many characters a tag's name may have.
	MaxTagName = 100
	// MaxTags is how many tags one change may add or remove.
	MaxTags = 100
)

// TagNames cleans names of tags: blank ones and those that differ only in case
// from an earlier one are left out. The error is a *Rejected.
func TagNames(names []string) ([]string, error) {
	clean := make([]string, 0, len(names))
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		name = cleanLine(name)
		key := strings.ToLower(name)
		if name == "" || seen[key] {
			continue
		}
		if n := utf8.RuneCountInString(name); n > MaxTagName {
			return nil, rejected("tags", "too_long", "The tag %.40q… has %d characters; at most %d can be kept.", name, n, MaxTagName)
		}
		seen[key] = true
		clean = append(clean, name)
	}
	if len(clean) > MaxTags {
		return nil, rejected("tags", "too_many", "%d tags at once are too many; at most %d can be changed in one go.", len(clean), MaxTags)
	}
	return clean, nil
}

// AddTags adds tags to a contact, makes those that the workspace lacks, raises
// tag.added for each that the contact lacked, and returns their names. The
// contact's Tags are brought up to date.
func AddTags(tx Tx, c *Contact, names []string) ([]string, error) {
	names, err := TagNames(names)
	if err != nil {
		return nil, err
	}
	added, err := tag(tx, c, names)
	if err != nil {
		return nil, err
	}
	return tagNames(added), emitTags(tx, TagAdded, *c, added)
}

// RemoveTags removes tags from a contact, raises tag.removed for each that it
// had, and returns their names. The contact's Tags are brought up to date.
func RemoveTags(tx Tx, c *Contact, names []string) ([]string, error) {
	names, err := TagNames(names)
	if err != nil {
		return nil, err
	}
	var removed []Tag
	for _, name := range names {
		t, had, err := tx.UntagContact(c.ID, name)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if had {
			removed = append(removed, t)
		}
	}
	left := slices.Clone(c.Tags)
	for _, t := range removed {
		left = slices.DeleteFunc(left, func(name string) bool { return strings.EqualFold(name, t.Name) })
	}
	c.Tags = left
	return tagNames(removed), emitTags(tx, TagRemoved, *c, removed)
}

// SetTags makes the contact have exactly these tags and raises an event for each
// change.
func SetTags(tx Tx, c *Contact, names []string) (added, removed []string, err error) {
	names, err = TagNames(names)
	if err != nil {
		return nil, nil, err
	}
	surplus := slices.DeleteFunc(slices.Clone(c.Tags), func(have string) bool {
		return slices.ContainsFunc(names, func(want string) bool { return strings.EqualFold(want, have) })
	})
	for batch := range slices.Chunk(surplus, MaxTags) {
		gone, err := RemoveTags(tx, c, batch)
		if err != nil {
			return nil, nil, err
		}
		removed = append(removed, gone...)
	}
	added, err = AddTags(tx, c, names)
	return added, removed, err
}

// tag adds clean names without raising events.
func tag(tx Tx, c *Contact, names []string) ([]Tag, error) {
	var added []Tag
	for _, name := range names {
		t, lacked, err := tx.TagContact(c.ID, name)
		if err != nil {
			return nil, err
		}
		if lacked {
			added = append(added, t)
		}
	}
	if added != nil {
		c.Tags = append(slices.Clone(c.Tags), tagNames(added)...)
	}
	return added, nil
}

func emitTags(tx Tx, event string, c Contact, tags []Tag) error {
	for _, t := range tags {
		err := tx.Emit(Event{Type: event, ContactID: c.ID, Data: map[string]any{"tag": t.Plain(), "contact": c.Plain()}})
		if err != nil {
			return err
		}
	}
	return nil
}

func tagNames(tags []Tag) []string {
	names := make([]string, len(tags))
	for i, t := range tags {
		names[i] = t.Name
	}
	return names
}
