// Package service lends tests the real servers that Hookloom stands on:
// PostgreSQL and Redis, each private to one test binary and gone with it.
//
// A test asks for what it needs and gets something fresh:
//
//	url := service.Postgres(t) // a new, empty database
//
// The first call in a test binary starts the server from the programs on this
// machine, on a free loopback port. TEST_DATABASE_URL and TEST_REDIS_URL name
// servers to use instead. A program that cannot be found fails the test with
// one line that says what to install; nothing is ever skipped.
package service
