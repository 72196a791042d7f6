package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

// ticksPerSecond is the unit of CPU time in /proc, fixed by the kernel's ABI.
const ticksPerSecond = 100

// memory is what a process holds, in MiB. Resident is VmRSS; Anonymous is the
// part of it that is no page of a file, which the kernel could drop.
type memory struct{ Resident, Anonymous float64 }

// memoryOf reads /proc; the zero memory when the process is gone.
func memoryOf(pid int) (m memory) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return m
	}
	for line := range bytes.Lines(text) {
		f := bytes.Fields(line)
		if len(f) < 2 {
			continue
		}
		kib, _ := strconv.ParseFloat(string(f[1]), 64)
		switch string(f[0]) {
		case "VmRSS:":
			m.Resident = kib / 1024
		case "RssAnon:":
			m.Anonymous = kib / 1024
		}
	}
	return m
}

// cpuOf is the processor time that a process has used.
func cpuOf(pid int) (time.Duration, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, err
	}
	// The name in parentheses may hold anything; fields count from behind it.
	f := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(f) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat is not as expected: %q", pid, text)
	}
	var ticks int64
	for _, field := range f[11:13] {
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, nil
}

// watch samples a process's memory until the returned function is called, which
// returns the highest values.
func watch(pid int) (stop func() memory) {
	quit := make(chan struct{})
	var peak memory
	var sampler sync.WaitGroup
	sampler.Go(func() {
		ticker := time.NewTicker(100 * time.Millisecond)
		defer ticker.Stop()
		for {
			m := memoryOf(pid)
			peak.Resident, peak.Anonymous = max(peak.Resident, m.Resident), max(peak.Anonymous, m.Anonymous)
			select {
			case <-quit:
				return
			case <-ticker.C:
			}
		}
	})
	return func() memory {
		close(quit)
		sampler.Wait()
		return peak
	}
}
