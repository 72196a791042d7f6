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
// touched: the mappings are private, and those that can be written to stay. It
// is a hint: where it cannot be given, nothing happens.
func forgetStart() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return
	}
	defer maps.Close()
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		// 00400000-02600000 r-xp 00000000 fe:01 1234    /usr/bin/hookloom
		place, rest, _ := strings.Cut(lines.Text(), " ")
		rights, _, _ := strings.Cut(rest, " ")
		if !strings.HasSuffix(rest, " "+program) || strings.Contains(rights, "w") {
			continue
		}
		from, to, _ := strings.Cut(place, "-")
		start, wrong := strconv.ParseUint(from, 16, 64)
		end, alsoWrong := strconv.ParseUint(to, 16, 64)
		if wrong == nil && alsoWrong == nil && start < end {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(start), uintptr(end-start), syscall.MADV_DONTNEED)
		}
	}
}
