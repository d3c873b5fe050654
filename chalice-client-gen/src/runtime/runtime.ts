/** What shows who sends a request, or a function that is asked for it before each request. */
export type Credential = string | (() => string | undefined | Promise<string | undefined>);

/** A body that is sent as it is. The type of a `Blob` is its content type. */
export type BinaryBody = Blob | ArrayBuffer | Uint8Array | string;

/** The parameters of an operation that has none. */
export type NoParams = Record<string, never>;

/** A value in a query string; those of a list are sent one by one, and what is null or undefined is left out. */
export type QueryValue =
    | string
    | number
    | bigint
    | boolean
    | null
    | undefined
    | readonly (string | number | bigint | boolean)[];

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
export type Signer = (
    request: SignableRequest,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** A request was answered, but not with success. */
export class ApiError extends Error {
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
    constructor(operation: string, response: Response, body: unknown, message?: string) {
        const members: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
        const reason = message ?? members["Message"] ?? members["message"];
        super(
            typeof reason === "string" ? reason : `${operation} was answered with the status ${response.status}`,
        );
        this.name = "ApiError";
        this.operation = operation;
        this.status = response.status;
        this.headers = response.headers;
        const code = members["Code"] ?? response.headers.get("x-amzn-errortype")?.split(":")[0];
        this.code = typeof code === "string" ? code : undefined;
        this.body = body;
    }
}

interface Connection {
    readonly baseUrl: string;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly apiKey?: Credential | undefined;
    readonly credentials?: object | undefined;
    readonly sign?: Signer | undefined;
    readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

interface Content {
    readonly type: string;
    readonly content: BinaryBody;
}

interface Call {
    readonly operation: string;
    readonly method: string;
    readonly path: string;
    readonly query?: readonly (readonly [string, unknown])[];
    readonly body?: Content | undefined;
    readonly accept: string;
    readonly answer: "json" | "text" | "bytes" | "stream" | "any" | "none";
    readonly needsApiKey?: boolean;
    readonly credentials?: readonly (readonly [name: string, place: string, field: string])[];
    readonly isSigned?: boolean;
}

async function send<T>(connection: Connection, call: Call, options: CallOptions = {}): Promise<ApiResponse<T>> {
    const headers = new Headers({ accept: call.accept });
    const query = new URLSearchParams();
    for (const [name, value] of call.query ?? []) {
        append(query, name, value);
    }
    const body = call.body;
    if (body !== undefined) {
        headers.set("content-type", body.type);
    }
    setAll(headers, connection.headers);
    if (call.needsApiKey === true) {
        const key = await credential(connection, "apiKey");
        if (key !== undefined) {
            headers.set("x-api-key", key);
        }
    }
    for (const [name, place, field] of call.credentials ?? []) {
        const value = await credential(connection.credentials, name);
        if (value === undefined) {
            continue;
        }
        if (place === "query") {
            query.append(field, value);
        } else {
            headers.set(field, value);
        }
    }
    for (const [name, value] of Object.entries(options.queryParams ?? {})) {
        append(query, name, value);
    }
    setAll(headers, options.headers);
    // A space is %20 in every part of a URL, and only here a plus sign, which signatures do not take for one.
    const search = query.toString().replaceAll("+", "%20");
    const url = connection.baseUrl.replace(/\/+$/, "") + call.path + (search === "" ? "" : `?${search}`);
    if (call.isSigned === true && connection.sign !== undefined) {
        setAll(headers, await connection.sign({ method: call.method, url, headers, body: body?.content }));
    }
    const init: RequestInit = { method: call.method, headers };
    if (body !== undefined) {
        init.body = body.content as NonNullable<RequestInit["body"]>;
    }
    if (options.signal !== undefined) {
        init.signal = options.signal;
    }
    if (options.redirect !== undefined) {
        init.redirect = options.redirect;
    }
    // Called by itself: the global function does not take another object for `this`.
    const request = connection.fetch ?? globalThis.fetch;
    const response = await request(url, init);
    const isRedirect = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    if (!response.ok && !(isRedirect && options.redirect === "manual")) {
        throw new ApiError(call.operation, response, parsed(await response.text()));
    }
    const data = (await read(call, response, isRedirect)) as T;
    return { status: response.status, headers: response.headers, data };
}

async function read(call: Call, response: Response, isRedirect: boolean): Promise<unknown> {
    const isEmpty = isRedirect || response.status === 204 || response.status === 205;
    switch (isEmpty ? "none" : call.answer) {
        case "json": {
            const text = await response.text();
            try {
                return JSON.parse(text);
            } catch {
                throw new ApiError(call.operation, response, text, `${call.operation} was answered with no JSON`);
            }
        }
        case "text":
            return await response.text();
        case "bytes":
            return new Uint8Array(await response.arrayBuffer());
        case "stream":
            return response.body ?? new Blob([]).stream();
        case "any": {
            const type = response.headers.get("content-type") ?? "";
            if (/^application\/([^;]*\+)?json\b/i.test(type)) {
                return parsed(await response.text());
            }
            if (/^text\//i.test(type)) {
                return await response.text();
            }
            return new Uint8Array(await response.arrayBuffer());
        }
        default:
            // A connection is used again once the answer has been read.
            await response.arrayBuffer();
            return undefined;
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

async function credential(holder: object | undefined, name: string): Promise<string | undefined> {
    if (holder === undefined || !Object.hasOwn(holder, name)) {
        return undefined;
    }
    const given = (holder as Record<string, Credential | undefined>)[name];
    return typeof given === "function" ? await given() : given;
}

function setAll(headers: Headers, values: Readonly<Record<string, string>> | undefined): void {
    for (const [name, value] of Object.entries(values ?? {})) {
        headers.set(name, value);
    }
}

function append(query: URLSearchParams, name: string, value: unknown): void {
    for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== undefined && each !== null) {
            query.append(name, String(each));
        }
    }
}

function segment(name: string, value: unknown): string {
    const text = value === undefined || value === null ? "" : String(value);
    if (text === "") {
        throw new TypeError(`the parameter "${name}" is missing or empty: it is a segment of the path`);
    }
    if (text === "." || text === "..") {
        // Of these, URLs make another path, however they are written.
        throw new TypeError(`the parameter "${name}" is "${text}", which cannot be a segment of a path`);
    }
    return encodeURIComponent(text);
}

function rest(name: string, value: unknown): string {
    const text = value === undefined || value === null ? "" : String(value);
    if (text === "") {
        throw new TypeError(`the parameter "${name}" is missing or empty: it is the rest of the path`);
    }
    return text
        .split("/")
        .map((part) => (part === "" ? "" : segment(name, part)))
        .join("/");
}

function jsonBody(type: string, value: unknown): Content | undefined {
    return value === undefined ? undefined : { type, content: JSON.stringify(value) };
}

function formBody(value: unknown): Content | undefined {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    const fields = new URLSearchParams();
    for (const [name, field] of Object.entries(value)) {
        append(fields, name, field);
    }
    return { type: "application/x-www-form-urlencoded", content: fields.toString() };
}

function rawBody(type: string | undefined, value: BinaryBody | undefined): Content | undefined {
    if (value === undefined) {
        return undefined;
    }
    if (value instanceof Blob && value.type !== "") {
        return { type: value.type, content: value };
    }
    const plain = typeof value === "string" ? "text/plain;charset=UTF-8" : "application/octet-stream";
    return { type: type ?? plain, content: value };
}
