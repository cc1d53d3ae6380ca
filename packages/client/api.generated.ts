// Written by `npm run contract:write` from public/gateway.openapi.json. Do not edit.

export interface paths {
  "/quotes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Price runs with these settings. Costs nothing, and starts nothing. */ post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']['RunInput'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Quote'] } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/generations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Your runs, newest first. */ get: {
      parameters: { query?: { "cursor"?: string; "limit"?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['RunPage'] } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    /** Start runs: of a quote, or of settings, which are priced on the way. */ post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string; "payment-signature"?: string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']['RunInput'] | components['schemas']['QuotedInput'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Started'] | components['schemas']['Paid'] } };
        201: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Started'] } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        402: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        502: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        504: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/generations/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One run. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Run'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    /** Cancel a run: one that waits at once, one that is being made at best. What was delivered is paid. */ delete: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Run'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    patch?: never;
  };
  "/generations/{id}/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Follow a run, as server-sent events. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "text/event-stream": string } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/uploads": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Send a picture to start runs from: PNG, JPEG or WebP, at most 20 MB and 40 megapixels. */ post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/octet-stream": Blob } };
      responses: {
        201: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Upload'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        408: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/uploads/{content}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A picture that you sent. */ get: {
      parameters: { query?: never; header?: never; path: { "content": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "image/png": string } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/images/generations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Make pictures and wait for them: images.generate of OpenAI’s libraries. */ post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string; "payment-signature"?: string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']['ImagesInput'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Images'] } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        402: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        502: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        504: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/chat/completions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Make a text and wait for it: chat.completions of OpenAI’s libraries. */ post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string; "payment-signature"?: string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']['ChatInput'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Chat']; "text/event-stream": string } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        402: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        502: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        504: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/works/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A work of yours, or one that everybody may see. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Work'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/works/{id}/receipt": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Its signed receipt, with all that is needed to check it without us. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['ReceiptFile'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/works/{id}/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Its sealed picture. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "image/png": string } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        451: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/works/{id}/text": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The text of a work that is one: exactly the bytes that `digests.content` is over. */ get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "text/plain": string } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        451: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/files/{link}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A picture by an address that is good for an hour. */ get: {
      parameters: { query?: never; header?: never; path: { "link": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "image/png": string } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        451: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/models": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Models that take runs, oldest first. OpenAI’s form, with more in it. */ get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['ModelList'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/models/{slug}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A model: settings, price, licence, who signs. */ get: {
      parameters: { query?: never; header?: never; path: { "slug": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Model'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/models/{slug}/schema": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What a model’s `params` may hold. */ get: {
      parameters: { query?: never; header?: never; path: { "slug": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/schema+json": Record<string, unknown> } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/me": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Who you are to the gateway, and what you may do with what you came with. */ get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Caller'] } };
        401: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
  };
  "/x402/models/{slug}/runs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /** Make one run of this model and pay for this call in USDC (x402): 402 says what, the same request with PAYMENT-SIGNATURE has it made. */ post: {
      parameters: { query?: never; header?: { "payment-signature"?: string }; path: { "slug": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']['PaidRunInput'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Paid'] } };
        202: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['Paying'] } };
        400: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        402: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        500: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        502: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        503: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
        504: { headers: Record<string, unknown>; content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
  "/verify": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Look a work up. Exactly one question: token (with or without collection), cid, receipt, content or digest. */ get: {
      parameters: { query?: { "token"?: string; "collection"?: string; "cid"?: string; "receipt"?: string; "content"?: string; "digest"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyAnswer'] } };
        400: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        408: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        413: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        415: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        429: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        503: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
      };
    };
    put?: never;
    /** Check a file, or a receipt; or find what a picture looks like without sending it. */ post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "multipart/form-data": FormData; "application/json": components['schemas']['VerifyReceipt'] | components['schemas']['VerifyLikeness'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyAnswer'] | components['schemas']['VerifyAlike'] } };
        400: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        408: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        413: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        415: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        429: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
        503: { headers: Record<string, unknown>; content: { "application/json": components['schemas']['VerifyProblem'] } };
      };
    };
    delete?: never;
    patch?: never;
  };
}

export interface components {
  schemas: {
    RunInput: {
      "prompt": string;
      /** Settings: GET /models/{slug}/schema says which. Left out: as they start. */ "params"?: Record<string, number | string | boolean>;
      /** uint64, as decimal text where it is large. It counts up over several runs. null: a new one for each. */ "seed"?: number | string | null;
      /** How many runs. */ "count"?: number;
      /** The work to start from. */ "parentWorkId"?: string | null;
      /** The pass to come in with, whose runs are used first: chainId:collection:tokenId. */ "passId"?: string | null;
      /** Slug (its newest version), or the digest of a version. */ "model": string;
    };
    PaidRunInput: {
      "prompt": string;
      /** Settings: GET /models/{slug}/schema says which. Left out: as they start. */ "params"?: Record<string, number | string | boolean>;
      /** uint64, as decimal text where it is large. It counts up over several runs. null: a new one for each. */ "seed"?: number | string | null;
      /** How many runs. */ "count"?: number;
      /** The work to start from. */ "parentWorkId"?: string | null;
      /** The pass to come in with, whose runs are used first: chainId:collection:tokenId. */ "passId"?: string | null;
    };
    QuotedInput: {
      "quote": string;
    };
    ImagesInput: {
      /** Slug (its newest version), or the digest of a version. */ "model": string;
      "prompt": string;
      "n"?: number | null;
      "size"?: "auto" | string | null;
      "response_format"?: "url" | "b64_json" | null;
      "output_format"?: "png" | null;
      "stream"?: false | null;
      /** Settings: GET /models/{slug}/schema says which. Left out: as they start. */ "params"?: Record<string, number | string | boolean>;
      /** uint64, as decimal text where it is large. It counts up over several runs. null: a new one for each. */ "seed"?: number | string | null;
      /** The work to start from. */ "parentWorkId"?: string | null;
      /** The pass to come in with, whose runs are used first: chainId:collection:tokenId. */ "passId"?: string | null;
    };
    ChatInput: {
      /** Slug (its newest version), or the digest of a version. */ "model": string;
      "messages": ({ role: string; content: string | { type: "text"; text: string }[] })[];
      "n"?: number | null;
      "stream"?: boolean | null;
      "tools"?: unknown[] | null;
      /** Settings: GET /models/{slug}/schema says which. Left out: as they start. */ "params"?: Record<string, number | string | boolean>;
      /** uint64, as decimal text where it is large. It counts up over several runs. null: a new one for each. */ "seed"?: number | string | null;
      /** The work to start from. */ "parentWorkId"?: string | null;
      /** The pass to come in with, whose runs are used first: chainId:collection:tokenId. */ "passId"?: string | null;
    };
    Quote: {
      /** Signed by this server: send it to POST /generations. */ "quote": string;
      "quoteId": string;
      "count": number;
      /** Millicredits as decimal text: 1,000 are a credit, a credit is US$0.01. */ "totalMillicredits": string;
      "breakdown": { label: string; millicredits: string }[];
      /** The pass that pays `runs` of them, of the `left` it has. */ "pass": { id: string; tierLabel: string; runs: number; left: number; periodEndsAt: string } | null;
      /** Wei as decimal text. */ "mintPriceWei": string;
      "expiresAt": string;
      "model": string;
      /** sha-256 or EIP-712 digest: 0x and 64 hexadecimal digits. */ "version": string;
      /** All settings, with their defaults filled in. */ "params": Record<string, number | string | boolean>;
      "seeds": string[];
    };
    Run: {
      "id": string;
      "quoteId": string;
      /** Its place among the runs of its quote, from 0. */ "ordinal": number;
      /** Slug. */ "model": string;
      /** held and running go on; captured is delivered and paid; of the others nothing is paid. */ "state": "held" | "running" | "captured" | "failed" | "cancelled" | "expired";
      /** Its file is there. Comes a moment after captured. */ "sealed": boolean;
      "cancelRequested": boolean;
      /** Runs ahead of it, while held. */ "queuePlace": number | null;
      /** Every endpoint of its version has failed, and is left alone for a while. */ "waitsForEndpoint": boolean;
      "progressPercent": number;
      /** uint64 as decimal text. */ "seed": string;
      /** Millicredits as decimal text: 1,000 are a credit, a credit is US$0.01. */ "priceMillicredits": string;
      /** The pass whose included run this is. */ "paidByPass": string | null;
      "error": { code: string; message: string } | null;
      /** What a model of texts made, once it is sealed. */ "text": string | null;
      "createdAt": string;
      "startedAt": string | null;
      "endedAt": string | null;
      "deadlineAt": string;
      "links": { self: string; events: string; work: string | null; file: string | null; receipt: string | null };
    };
    Started: {
      "quoteId": string;
      "generations": components['schemas']['Run'][];
    };
    RunPage: {
      "generations": components['schemas']['Run'][];
      "nextCursor": string | null;
    };
    Upload: {
      /** Of its pixels. Send it as the parameter that takes a picture. */ "content": string;
      "width": number;
      "height": number;
    };
    Paid: {
      "quoteId": string;
      "generations": ({ id: string; quoteId: string; ordinal: number; model: string; state: "held" | "running" | "captured" | "failed" | "cancelled" | "expired"; sealed: boolean; cancelRequested: boolean; queuePlace: number | null; waitsForEndpoint: boolean; progressPercent: number; seed: string; priceMillicredits: string; paidByPass: string | null; error: { code: string; message: string } | null; text: string | null; createdAt: string; startedAt: string | null; endedAt: string | null; deadlineAt: string; links: { self: string; events: string; work: string | null; file: string | null; receipt: string | null }; file: { href: string; type: "image/png" }; receipt: components['schemas']['ReceiptFile'] })[];
    };
    Paying: {
      "generation": components['schemas']['Run'];
    };
    Images: {
      "created": number;
      "data": { b64_json?: string; url?: string; intaglio: { work: string; receipt: string; seed: string } }[];
      "output_format": string;
    };
    Chat: {
      "id": string;
      "object": "chat.completion";
      "created": number;
      "model": string;
      "choices": { index: number; message: { role: "assistant"; content: string; refusal: null }; logprobs: null; finish_reason: "stop" }[];
      "intaglio": { work: string; receipt: string; seed: string }[];
    };
    Work: {
      "id": string;
      "title": string;
      "alt": string;
      "model": string;
      "modelName": string;
      "width": number;
      "height": number;
      "minted": boolean;
      "capturedAt": string;
      "body": { kind: "image" } | { kind: "text"; text: string | null };
      "takedown": { reason: string; at: string } | null;
      "remixable": boolean;
      "parentWork": { id: string; title: string } | null;
      "ownerAddress": string;
      "isOwner": boolean;
      "paymentDisputed": boolean;
      "shared": boolean;
      "versionNumber": number;
      /** sha-256 or EIP-712 digest: 0x and 64 hexadecimal digits. */ "versionDigest": string;
      "reproducibility": string;
      "signerCustody": string;
      "signerAddress": string;
      "seed": string;
      "params": { name: string; title: string; value: string }[];
      "paramsText": string;
      "digests": { content: string; paramsHash: string; promptHash: string; receipt: string; parent: string };
      "signature": string;
      "chainId": number;
      "collection": string;
      /** Millicredits as decimal text: 1,000 are a credit, a credit is US$0.01. */ "priceMillicredits": string;
      /** The pass whose included run it was; the price is then what the creator of its parent got. */ "paidByPass": { label: string; href: string | null } | null;
      "file": { href: string; bytes: number; name: string } | null;
      "textFile": { href: string; bytes: number; name: string } | null;
      "history": ({ at: string; kind: "started" | "captured" | "sealed" | "shared" | "minted" | "transferred"; text: string; txHash?: string })[];
      /** Wei as decimal text. */ "mintPriceWei": string;
      "label": string | null;
      "token": { chainId: number; collection: string; tokenId: string; owner: string; minter: string; txHash: string; blockNumber: string; confirmations: number; finality: "seen" | "safe" | "final"; metadataCid: string; imageCid: string } | null;
      "links": { self: string; receipt: string; page: string };
    };
    ReceiptFile: {
      "type": "intaglio-receipt";
      "v": 1;
      "proofType": "attestation";
      "reproducibility": "A" | "B" | "C" | "D";
      "kind": "image" | "text";
      "typedData": { domain: { name: "Intaglio"; version: "1"; chainId: number; verifyingContract: string }; primaryType: "Receipt"; types: { EIP712Domain: [{ name: "name"; type: "string" }, { name: "version"; type: "string" }, { name: "chainId"; type: "uint256" }, { name: "verifyingContract"; type: "address" }]; Receipt: [{ name: "version"; type: "bytes32" }, { name: "seed"; type: "uint64" }, { name: "paramsHash"; type: "bytes32" }, { name: "promptHash"; type: "bytes32" }, { name: "content"; type: "bytes32" }, { name: "parent"; type: "bytes32" }] }; message: { version: string; seed: string; paramsHash: string; promptHash: string; content: string; parent: string } };
      "digest": string;
      "signature": string;
      "signer": { address: string; kind: "eoa" | "erc1271" | "kms"; custody: "creator" | "platform" };
      "params": string;
      "manifest": { cid: string; text: string };
      "token": { tokenId: string; metadata: string; metadataCid: string; imageCid: string; mintTransaction: string } | null;
    };
    ModelList: {
      "object": "list";
      "data": ({ id: string; object: "model"; created: number; owned_by: string; name: string; tagline: string; kind: "image" | "text"; version: string; versionNumber: number; price: { baseMillicredits: string; perImageMillicredits: string; perMegapixelMillicredits: string; perStepMillicredits: string; trialRuns: number; discounts: { from: number; bps: number }[]; mintPriceWei: string }; schema: string })[];
    };
    Model: {
      /** Slug. */ "id": string;
      "object": "model";
      "created": number;
      /** Its creator’s address. */ "owned_by": string;
      "name": string;
      "tagline": string;
      "description": string;
      "creatorAddress": string;
      "versionNumber": number;
      /** Of one run with the settings it starts with. */ "priceMillicredits": string;
      "workCount": number;
      "status": "draft" | "published" | "paused" | "retired";
      "pausedBecause": string | null;
      "version": { digest: string; number: number; publishedAt: string | null; chainId: number; collection: string; signerAddress: string; signerCustody: "creator" | "platform"; reproducibility: "A" | "B" | "C" | "D"; licence: string; trainingData: string | null; kind: "image" | "text"; parameterSchema: { type: "object"; properties: Record<string, { type: "integer" | "string" | "boolean"; title: string; contentMediaType?: "image/png" | "text/plain"; minLength?: 1; description?: string; default: number | string | boolean; minimum?: number; maximum?: number; multipleOf?: number; enum?: (string | number)[]; "x-ui"?: { control?: "slider" | "select" | "swatches" | "toggle" | "size"; unit?: string; labels?: Record<string, string>; swatches?: Record<string, string[]>; group?: string; order?: number } }>; additionalProperties: false }; price: { baseMillicredits: string; perImageMillicredits: string; perMegapixelMillicredits: string; perStepMillicredits: string; trialRuns: number; discounts: { from: number; bps: number }[]; mintPriceWei: string } };
      "medianRunMs": number | null;
    };
    Caller: {
      "address": string;
      /** More may be added. */ "door": "key" | "signature";
      "scopes": ("read" | "run")[];
      /** The pass your runs are made with, where your key names one. */ "passId": string | null;
    };
    Problem: {
      /** Where the code is explained. */ "type": string;
      "title": string;
      "status": number;
      "detail": string;
      /** For programs: /docs/errors has them all. */ "code": string;
      "details"?: Record<string, unknown>;
      /** The same, as OpenAI’s libraries read it. */ "error": { message: string; type: string; code: string; param: null };
    };
    VerifyAnswer: {
      "api": 1;
      "asked": "file" | "token" | "cid" | "receipt" | "receiptDigest" | "content" | "digest";
      "verdict": "verified" | "broken" | "unknown";
      "summary": string;
      "rows": ({ id: string; checked: string; repeatable: string; result: "ok" | "failed" | "not_checked"; meaning: string; detail: string })[];
      /** Of a work of kind text whose text is the one signed: that text. */ "text": string | null;
      /** The public work of the receipt that was found, else the oldest with exactly this content. Private works are never named. */ "work": { id: string; title: string; sameReceipt: boolean; previewSrc: string | null; preview: { cid: string; src: string } | null; image: { cid: string; src: string } | null } | null;
      "tokens": { chainId: number; collection: string; tokenId: string; owner: string }[];
      /** Only for a file in which nothing exact was found: public works that look like it, nearest first. A likeness, not a proof. */ "resembles": ({ id: string; title: string; model: string; page: string; previewSrc: string; closeness: "nearly identical" | "similar"; difference: number })[];
    };
    VerifyAlike: {
      "api": 1;
      /** Only for a file in which nothing exact was found: public works that look like it, nearest first. A likeness, not a proof. */ "resembles": ({ id: string; title: string; model: string; page: string; previewSrc: string; closeness: "nearly identical" | "similar"; difference: number })[];
    };
    VerifyLikeness: {
      /** As lib/likeness/read-likeness.ts reads it of a picture. */ "likeness": { hash: string; form: string };
    };
    VerifyReceipt: Record<string, unknown>;
    VerifyProblem: {
      "error"?: { code?: string; message?: string; details?: Record<string, unknown> };
    };
  };
}
