/** What shows who sends a request, or a function that is asked for it before each request. */
export type Credential = string | (() => string | undefined | Promise<string | undefined>);
/** A body that is sent as it is. The type of a `Blob` is its content type. */
export type BinaryBody = Blob | ArrayBuffer | Uint8Array | string;
/** The parameters of an operation that has none. */
export type NoParams = Record<string, never>;
/** A value in a query string; those of a list are sent one by one, and what is null or undefined is left out. */
export type QueryValue = string | number | bigint | boolean | null | undefined | readonly (string | number | bigint | boolean)[];
/** What an operation answers. */
export interface ApiResponse<T> {
    /** The status, such as 200. */
    readonly status: number;
    /** The headers. */
    readonly headers: Headers;
    /** The body. */
    readonly data: T;
}
/** Settings of one request. */
export interface CallOptions {
    /** Headers, which win over all others. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Members of the query string beside the parameters. */
    readonly queryParams?: Readonly<Record<string, QueryValue>> | undefined;
    /** What cancels the request. */
    readonly signal?: AbortSignal | undefined;
    /** What becomes of redirects; `fetch` follows them. */
    readonly redirect?: "follow" | "error" | "manual" | undefined;
}
/** A request that has everything but a signature. */
export interface SignableRequest {
    /** The method, such as `GET`. */
    readonly method: string;
    /** The URL, with the query string. */
    readonly url: string;
    /** The headers. */
    readonly headers: Headers;
    /** The body. */
    readonly body: BinaryBody | undefined;
}
/** Signs a request: gives the headers that do so. */
export type Signer = (request: SignableRequest) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
/** A request was answered, but not with success. */
export declare class ApiError extends Error {
    /** The client's method that has sent the request. */
    readonly operation: string;
    /** The status, such as 404. */
    readonly status: number;
    /** The headers. */
    readonly headers: Headers;
    /** The kind of error, such as `NotFoundError`, if the answer says one. */
    readonly code: string | undefined;
    /** The body: what its JSON says, or its text. */
    readonly body: unknown;
    constructor(operation: string, response: Response, body: unknown, message?: string);
}
