import { brand } from '../lib/brand'

/** The sign of the app: a thread hooked through two points. */
export function Logo({ size = 26 }: { size?: number }) {
  if (brand) return <img src={brand.icon} height={size} style={{ maxWidth: 120 }} alt="" />
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b7a8c" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <circle cx="9" cy="23" r="3" />
        <circle cx="23" cy="9" r="3" />
        <path d="M12 23h6.5a3.5 3.5 0 0 0 0-7h-5a3.5 3.5 0 0 1 0-7H20" />
      </g>
    </svg>
  )
}
