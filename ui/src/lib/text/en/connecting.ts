// Signing in at other services.
export const connecting = {
  connect: 'Connect',
  reconnect: 'Reconnect',
  connectOne: (name: string) => `Connect ${name}`,
  reconnectOne: (name: string) => `Reconnect ${name}`,
  waiting: 'Waiting for the sign-in…',
  lostTitle: 'Connections to sign in again',
  lost: (name: string) => `“${name}” is signed out`,
  lostHelp: 'Steps that use it wait. Sign in again and they go on by themselves.',
  said: (why: string) => `Why: ${why}.`,
  ready: 'Connected',
  notYet: 'Nobody has signed in yet',
  redirect: 'Register this address with your app at the service:',
  copy: 'Copy the address',
}
