//go:build !linux

package app

// forgetStart does nothing where the kernel is not Linux.
func forgetStart() {}
