/** A request was answered, but not with success. */
export class ApiError extends Error {
    /** The client's method that has sent the request. */
    operation;
    /** The status, such as 404. */
    status;
    /** The headers. */
    headers;
    /** The kind of error, such as `NotFoundError`, if the answer says one. */
    code;
    /** The body: what its JSON says, or its text. */
    body;
    constructor(operation, response, body, message) {
        const members = typeof body === "object" && body !== null ? { ...body } : {};
        const reason = message ?? members["Message"] ?? members["message"];
        super(typeof reason === "string" ? reason : `${operation} was answered with the status ${response.status}`);
        this.name = "ApiError";
        this.operation = operation;
        this.status = response.status;
        this.headers = response.headers;
        const code = members["Code"] ?? response.headers.get("x-amzn-errortype")?.split(":")[0];
        this.code = typeof code === "string" ? code : undefined;
        this.body = body;
    }
}
async function send(connection, call, options = {}) {
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
        }
        else {
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
    const init = { method: call.method, headers };
    if (body !== undefined) {
        init.body = body.content;
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
    const data = (await read(call, response, isRedirect));
    return { status: response.status, headers: response.headers, data };
}
async function read(call, response, isRedirect) {
    const isEmpty = isRedirect || response.status === 204 || response.status === 205;
    switch (isEmpty ? "none" : call.answer) {
        case "json": {
            const text = await response.text();
            try {
                return JSON.parse(text);
            }
            catch {
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
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text;
    }
}
async function credential(holder, name) {
    if (holder === undefined || !Object.hasOwn(holder, name)) {
        return undefined;
    }
    const given = holder[name];
    return typeof given === "function" ? await given() : given;
}
function setAll(headers, values) {
    for (const [name, value] of Object.entries(values ?? {})) {
        headers.set(name, value);
    }
}
function append(query, name, value) {
    for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== undefined && each !== null) {
            query.append(name, String(each));
        }
    }
}
function segment(name, value) {
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
function rest(name, value) {
    const text = value === undefined || value === null ? "" : String(value);
    if (text === "") {
        throw new TypeError(`the parameter "${name}" is missing or empty: it is the rest of the path`);
    }
    return text
        .split("/")
        .map((part) => (part === "" ? "" : segment(name, part)))
        .join("/");
}
function jsonBody(type, value) {
    return value === undefined ? undefined : { type, content: JSON.stringify(value) };
}
function formBody(value) {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    const fields = new URLSearchParams();
    for (const [name, field] of Object.entries(value)) {
        append(fields, name, field);
    }
    return { type: "application/x-www-form-urlencoded", content: fields.toString() };
}
function rawBody(type, value) {
    if (value === undefined) {
        return undefined;
    }
    if (value instanceof Blob && value.type !== "") {
        return { type: value.type, content: value };
    }
    const plain = typeof value === "string" ? "text/plain;charset=UTF-8" : "application/octet-stream";
    return { type: type ?? plain, content: value };
}
