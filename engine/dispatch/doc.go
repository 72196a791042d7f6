// Package dispatch rings the bell: it tells workers which runs can go on. The
// database is the truth, so a bell may forget everything it was told; what
// counts is that it is quick, never blocks and never holds more than a small
// window of handles. The rest waits in SQL, from where Worker.Pull brings it in
// an order that is fair between workspaces.
//
// There are two bells with the same behaviour, held to it by dispatchtest:
//
//   - Local works handles in its own process. It is the default.
//   - Asynq shares them between processes over Redis. While Redis is away, its
//     worker processes go on from what Pull gives them.
//
// Rules that hold for both:
//
//   - A handle is one run in one epoch. While it waits or is worked in a process,
//     ringing it again there does nothing. A run that is to go on again needs a
//     new epoch.
//   - A worker may get a handle that another worker has already worked, for
//     example after Redis lost its memory. The claim in SQL makes that harmless.
//   - A handle that is slow, because it waits for somebody else's server, gives
//     its slot to others and goes on beside them. At most 16 handles per slot are
//     under way in a process; beyond that, slots are held until work ends.
//   - Stop takes no new handles. What waits in the window is dropped by Local,
//     whose runs stay in SQL, and left in Redis by Asynq.
package dispatch
