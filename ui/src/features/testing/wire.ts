// The outbound request of a step, as it goes over the line.
import { isObject } from '../mapping'

export interface Wire {
  method: string
  url: string
  headers: [string, string][]
  body: string
  /** The body is shown in Base64, because it is no text. */
  binary: boolean
}

/** Reads the request that a dry run recorded; undefined when there is none. */
export function wireOf(output: unknown): Wire | undefined {
  const request = isObject(output) ? output.request : undefined
  if (!isObject(request) || typeof request.url !== 'string') return undefined
  const headers = isObject(request.headers) ? Object.entries(request.headers) : []
  const { body } = request
  const binary = isObject(body)
  return {
    method: String(request.method ?? 'POST'),
    url: request.url,
    headers: headers.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((v): [string, string] => [name, String(v)])),
    body: binary ? String(body.base64 ?? '') : typeof body === 'string' ? body : '',
    binary,
  }
}

/** The request as text: line, headers, blank line, and the body exactly. */
export function wireText(wire: Wire): string {
  let target = wire.url
  let host = ''
  try {
    const url = new URL(wire.url)
    target = url.pathname + url.search
    host = url.host
  } catch {
    // Not an address yet: shown as it is.
  }
  const hasHost = wire.headers.some(([name]) => name.toLowerCase() === 'host')
  const lines = [`${wire.method} ${target} HTTP/1.1`, ...(host && !hasHost ? [`Host: ${host}`] : []), ...wire.headers.map(([name, value]) => `${name}: ${value}`)]
  return `${lines.join('\n')}\n\n${wire.body}`
}
