// Typed calls: the OpenAPI document says which paths there are, what they take
// and what they answer, so a route that changes breaks the build, not a page.
import { call, query } from './http'
import type { components, paths } from './schema'

/** What the API takes and answers, by the names of the document. */
export type Schemas = components['schemas']

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Operation<M extends Method, P extends keyof paths> = paths[P][M]

/** The paths that know a method. */
type PathOf<M extends Method> = { [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never }[keyof paths]

/** Filters come from the addresses of pages: the server says what is wrong with a word it does not know. */
type Worded<Q> = { [K in keyof Q]: Q[K] extends string | undefined ? string | undefined : Q[K] }

type PathOption<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: never }
type QueryOption<O> = O extends { parameters: { query?: never } }
  ? { query?: never }
  : O extends { parameters: { query?: infer T } } ? { query?: Worded<T> } : { query?: never }
type BodyOption<O> = O extends { requestBody?: never }
  ? { body?: never }
  : O extends { requestBody: { content: { 'application/json': infer T } } } ? { body: T }
  : O extends { requestBody?: { content: { 'application/json': infer T } } } ? { body?: T } : { raw: Blob; rawName?: string }

type Options<O> = O extends unknown
  ? PathOption<O> & QueryOption<O> & BodyOption<O> & { headers?: Record<string, string>; signal?: AbortSignal }
  : never

type Success<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : R extends { 202: infer A } ? A : never
type Content<A> = [A] extends [never] ? void : A extends { content: { 'application/json': infer T } } ? T : void

/** What an operation answers; void when that has no body. */
export type Answer<M extends Method, P extends PathOf<M>> = Operation<M, P> extends { responses: infer R } ? Content<Success<R>> : never

/** The arguments after the path; none are needed when nothing must be given. */
type Arguments<O> = Record<string, never> extends Options<O> ? [options?: Options<O>] : [options: Options<O>]

interface Given {
  path?: Record<string, string | number>
  query?: Record<string, string | number | boolean | undefined>
}

/** Calls the API; each part of the path is escaped, and empty query values are left out. */
export const ask = ((method: Method, path: string, { path: parts, query: values, ...rest }: Given = {}) =>
  call(
    method.toUpperCase(),
    path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(parts?.[name] ?? '')) + query(values ?? {}),
    rest,
  )) as <M extends Method, P extends PathOf<M>>(method: M, path: P, ...options: Arguments<Operation<M, P>>) => Promise<Answer<M, P>>
