package app

import "testing"

func TestOwnPages(t *testing.T) {
	const program = "/opt/my apps/hookloom"
	for line, want := range map[string]struct {
		start, end uint64
		ok         bool
	}{
		"00400000-02600000 r-xp 00000000 fe:01 1234    " + program: {0x400000, 0x2600000, true},
		"02600000-04a00000 r--p 02200000 fe:01 1234    " + program: {0x2600000, 0x4a00000, true},
		"04a00000-04c00000 rw-p 04600000 fe:01 1234    " + program: {0, 0, true},
		"7f0000000000-7f0000100000 rw-p 00000000 00:00 0 ":         {0, 0, true},
		"7f0000000000-7f0000100000 r-xp 0 fe:01 9 /lib/libc.so.6":  {0, 0, true},
		"Anonymous:             0 kB":                              {},
		"VmFlags: rd ex mr mw me sd":                               {},
		"":                                                         {},
	} {
		start, end, ok := ownPages(line, program)
		if start != want.start || end != want.end || ok != want.ok {
			t.Errorf("%q: %x-%x %t", line, start, end, ok)
		}
	}
}
