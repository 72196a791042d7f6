// Whether keys without Ctrl, such as A and D, do anything; remembered for this browser.
const KEY = 'hookloom.singleKeys'

export const singleKeys = {
  get(): boolean {
    try {
      return localStorage.getItem(KEY) !== 'off'
    } catch {
      return true
    }
  },
  set(on: boolean) {
    try {
      localStorage.setItem(KEY, on ? 'on' : 'off')
    } catch {
      // Not remembered then.
    }
  },
}
