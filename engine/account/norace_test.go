//go:build !race

package account_test

// wave is how many sign-ins come at once.
const wave = 200
