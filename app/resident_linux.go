package app

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// forgetStart has the kernel take back the pages of the program's own file that
// are resident. Starting reads about two thirds of it once (types, schemas,
// tables of what follows), and what runs needs is a third; what is needed again
// is mapped again from the page cache, in a microsecond a page. Nothing else is
// touched: a mapping that can be written to, or holds a page that ever was, stays
// (a linker may protect pages only after they were filled in). It is a hint: where
// it cannot be given, nothing happens.
func forgetStart() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer maps.Close()
	var start, end uint64
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		line := lines.Text()
		if from, to, ok := ownPages(line, program); ok {
			start, end = from, to
			continue
		}
		// Anonymous:             0 kB
		if name, rest, ok := strings.Cut(line, ":"); ok && name == "Anonymous" && end > start {
			if strings.TrimSpace(rest) == "0 kB" {
				_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(start), uintptr(end-start), syscall.MADV_DONTNEED)
			}
			start, end = 0, 0
		}
	}
}

// ownPages reads the first line of a mapping, such as
//
//	00400000-02600000 r-xp 00000000 fe:01 1234    /usr/bin/hookloom
//
// and reports its place when it is one of the program's file that is only read. A
// first line of another mapping gives an empty place; any other line gives nothing.
func ownPages(line, program string) (start, end uint64, ok bool) {
	place, rest, _ := strings.Cut(line, " ")
	from, to, ok := strings.Cut(place, "-")
	if !ok {
		return 0, 0, false
	}
	start, wrong := strconv.ParseUint(from, 16, 64)
	end, alsoWrong := strconv.ParseUint(to, 16, 64)
	if wrong != nil || alsoWrong != nil {
		return 0, 0, false
	}
	rights, _, _ := strings.Cut(rest, " ")
	if !strings.HasSuffix(rest, " "+program) || strings.Contains(rights, "w") {
		return 0, 0, true
	}
	return start, end, true
}
