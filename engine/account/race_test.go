//go:build race

package account_test

// wave is how many sign-ins come at once. Under the race detector argon2 takes
// 20 times as long, and what is asked is the same.
const wave = 16
