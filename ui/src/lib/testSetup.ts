import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Mantine asks for what happy-dom does not have.
window.matchMedia = vi.fn().mockImplementation((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
}))
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// On a busy machine everything takes its time: what never comes fails all the same.
configure({ asyncUtilTimeout: 20_000 })
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

afterEach(cleanup)
