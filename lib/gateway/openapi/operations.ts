import type { ErrorCode } from '@/lib/errors';
import type { Scope } from '../schema';

type Parameter = { name: string; in: 'path' | 'query' | 'header'; description: string; required?: boolean; schema: object };
type Content = Record<string, { schema: object }>;
type Answer = { description: string; headers?: Record<string, { description: string; schema: object }>; content: Content; 'x-paid-by-call'?: true };
/** One route and method. `scope`: null where everybody may ask. `codes`: what it may refuse with, beside what every route may. */
export type Operation = {
  id: string;
  tag: string;
  summary: string;
  description?: string;
  scope: Scope | null;
  /** Whoever does not say who they are may pay for this one call (x402). */
  isPayable?: true;
  parameters?: Parameter[];
  body?: object;
  /** Of the body, where it is no JSON. */
  bodyType?: string;
  answers: Record<string, Answer>;
  codes: ErrorCode[];
};

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): Content => ({ 'application/json': { schema: ref(name) } });
const bytes = (type: string): Content => ({ [type]: { schema: { type: 'string', contentMediaType: type } } });
const ok = (description: string, content: Content) => ({ '200': { description, content } });

const inPath = (name: string, description: string, schema: object = { type: 'string' }): Parameter => ({
  ...{ name, in: 'path', description, required: true, schema },
});
const runId = inPath('id', 'Of the run.', { type: 'string', format: 'uuid' });
const workId = inPath('id', 'Of the work: the same as of the run that made it.', { type: 'string', format: 'uuid' });
const slug = inPath('slug', 'Of the model.');
const idempotencyKey: Parameter = {
  ...{ name: 'idempotency-key', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 255 } },
  description: 'Sent again with the same body within a day it starts nothing more, and answers with the same runs.',
};
const payment: Parameter = {
  ...{ name: 'payment-signature', in: 'header', schema: { type: 'string', maxLength: 12_000 } },
  description:
    'What PAYMENT-REQUIRED asked for, signed: base64 of a payment of x402 v2, scheme `exact`. For whoever comes with no key and no signature.',
};
const paid = {
  'PAYMENT-RESPONSE': { description: 'Of a call that was paid by itself: base64 of how it was settled.', schema: { type: 'string' } },
};
const paying: Answer = { description: 'It is being made, or paid: send the same request again.', content: json('Paying'), 'x-paid-by-call': true };
const paymentCodes: ErrorCode[] = [
  ...([
    'payment_required',
    'payment_too_small',
    'payment_invalid',
    'payment_conflict',
    'payment_answered',
    'payments_pending',
    'payments_paused',
  ] as const),
  ...(['payment_not_settled', 'spending_frozen', 'chain_unavailable'] as const),
];
const passCodes: ErrorCode[] = ['pass_required', 'pass_expired', 'pass_moved', 'pass_frozen', 'no_included_runs'];
const quoteCodes: ErrorCode[] = [
  'invalid_input',
  'not_found',
  'model_not_allowed',
  'model_paused',
  'model_unavailable',
  'prompt_blocked',
  'licence_conflict',
];
const startCodes: ErrorCode[] = ['insufficient_credits', 'spending_frozen', 'cap_reached', 'idempotency_conflict', 'conflict'];
const endCodes: ErrorCode[] = [
  ...([
    'run_deadline',
    'run_cancelled',
    'endpoint_failed',
    'output_blocked',
    'output_invalid',
    'model_substituted',
    'signer_mismatch',
    'seal_failed',
  ] as const),
];
const fileCodes: ErrorCode[] = ['not_found', 'not_sealed', 'taken_down', 'payment_disputed'];

const runs = {
  '/quotes': {
    post: {
      ...{ id: 'createQuote', tag: 'Runs', scope: 'run', body: ref('RunInput') },
      summary: 'Price runs with these settings. Costs nothing, and starts nothing.',
      answers: ok('The price, and what would run.', json('Quote')),
      codes: [...quoteCodes, ...passCodes],
    },
  },
  '/generations': {
    post: {
      ...{ id: 'createGenerations', tag: 'Runs', scope: 'run', isPayable: true, parameters: [idempotencyKey, payment] },
      summary: 'Start runs: of a quote, or of settings, which are priced on the way.',
      body: { oneOf: [ref('RunInput'), ref('QuotedInput')] },
      answers: {
        '201': { description: 'They were started.', content: json('Started') },
        '200': {
          description: 'They had been started before; or the one run that this call has paid for.',
          headers: paid,
          content: { 'application/json': { schema: { oneOf: [ref('Started'), ref('Paid')] } } },
        },
        '202': paying,
      },
      codes: [...quoteCodes, ...passCodes, ...startCodes, ...paymentCodes, ...endCodes, 'quote_expired', 'quote_invalid', 'no_free_runs'],
    },
    get: {
      ...{ id: 'listGenerations', tag: 'Runs', scope: 'read' },
      summary: 'Your runs, newest first.',
      parameters: [
        { name: 'cursor', in: 'query', description: '`nextCursor` of the page before.', schema: { type: 'string', format: 'uuid' } },
        { name: 'limit', in: 'query', description: 'How many.', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      ],
      answers: ok('A page of runs.', json('RunPage')),
      codes: ['invalid_input'],
    },
  },
  '/generations/{id}': {
    get: {
      ...{ id: 'getGeneration', tag: 'Runs', scope: 'read', summary: 'One run.', parameters: [runId] },
      ...{ answers: ok('How it is now.', json('Run')), codes: ['not_found'] },
    },
    delete: {
      ...{ id: 'cancelGeneration', tag: 'Runs', scope: 'run', parameters: [runId] },
      summary: 'Cancel a run: one that waits at once, one that is being made at best. What was delivered is paid.',
      answers: { '202': { description: 'How it is now.', content: json('Run') } },
      codes: ['not_found', 'wrong_state'],
    },
  },
  '/generations/{id}/events': {
    get: {
      ...{ id: 'followGeneration', tag: 'Runs', scope: 'read', parameters: [runId] },
      summary: 'Follow a run, as server-sent events.',
      description: 'Each `data:` is the run, at once and after each change; the event `done` says that nothing more will come.',
      answers: ok('The events.', { 'text/event-stream': { schema: { type: 'string' } } }),
      codes: ['not_found', 'rate_limited'],
    },
  },
} satisfies Paths;

const works = {
  '/works/{id}': {
    get: {
      ...{ id: 'getWork', tag: 'Works', scope: 'read', parameters: [workId] },
      ...{ summary: 'A work of yours, or one that everybody may see.', answers: ok('The work.', json('Work')), codes: ['not_found'] },
    },
  },
  '/works/{id}/receipt': {
    get: {
      ...{ id: 'getReceipt', tag: 'Works', scope: 'read', parameters: [workId], codes: ['not_found'] },
      summary: 'Its signed receipt, with all that is needed to check it without us.',
      answers: ok('The receipt’s file.', json('ReceiptFile')),
    },
  },
  '/works/{id}/file': {
    get: {
      ...{ id: 'getFile', tag: 'Works', scope: 'read', parameters: [workId], codes: fileCodes },
      ...{ summary: 'Its sealed picture.', answers: ok('A PNG.', bytes('image/png')) },
    },
  },
  '/works/{id}/text': {
    get: {
      ...{ id: 'getText', tag: 'Works', scope: 'read', parameters: [workId], codes: fileCodes },
      summary: 'The text of a work that is one: exactly the bytes that `digests.content` is over.',
      answers: ok('The text.', bytes('text/plain')),
    },
  },
  '/files/{link}': {
    get: {
      ...{ id: 'getLinkedFile', tag: 'Works', scope: null, parameters: [inPath('link', 'As POST /images/generations gives it.')], codes: fileCodes },
      ...{ summary: 'A picture by an address that is good for an hour.', answers: ok('A PNG.', bytes('image/png')) },
    },
  },
} satisfies Paths;

const uploads = {
  '/uploads': {
    post: {
      ...{ id: 'createUpload', tag: 'Runs', scope: 'run', body: { type: 'string', contentMediaType: 'application/octet-stream' } },
      bodyType: 'application/octet-stream',
      summary: 'Send a picture to start runs from: PNG, JPEG or WebP, at most 20 MB and 40 megapixels.',
      description:
        'The body is the file. Only its pixels are kept, made to fit 2,048 pixels. `content` is what the parameter with a `contentMediaType` takes (GET /models/{slug}/schema). Kept for a day after it was last sent, and as long as a work that was made from it.',
      answers: { '201': { description: 'It is kept.', content: json('Upload') } },
      codes: ['upload_unread', 'upload_blocked', 'too_many_uploads', 'too_large', 'too_slow'],
    },
  },
  '/uploads/{content}': {
    get: {
      ...{ id: 'getUpload', tag: 'Runs', scope: 'read', parameters: [inPath('content', 'As it was answered.')], codes: ['not_found', 'upload_gone'] },
      ...{ summary: 'A picture that you sent.', answers: ok('A PNG.', bytes('image/png')) },
    },
  },
} satisfies Paths;

const models = {
  '/models': {
    get: {
      ...{ id: 'listModels', tag: 'Models', scope: null, codes: [] },
      ...{ summary: 'Models that take runs, oldest first. OpenAI’s form, with more in it.', answers: ok('The models.', json('ModelList')) },
    },
  },
  '/models/{slug}': {
    get: {
      ...{ id: 'getModel', tag: 'Models', scope: null, parameters: [slug], codes: ['not_found'] },
      ...{ summary: 'A model: settings, price, licence, who signs.', answers: ok('The model.', json('Model')) },
    },
  },
  '/models/{slug}/schema': {
    get: {
      ...{ id: 'getModelSchema', tag: 'Models', scope: null, parameters: [slug], codes: ['not_found'] },
      summary: 'What a model’s `params` may hold.',
      answers: ok('A JSON Schema (2020-12).', { 'application/schema+json': { schema: { type: 'object' } } }),
    },
  },
} satisfies Paths;

const openAi = {
  '/images/generations': {
    post: {
      ...{ id: 'createImage', tag: 'As OpenAI’s', scope: 'run', isPayable: true, parameters: [idempotencyKey, payment], body: ref('ImagesInput') },
      summary: 'Make pictures and wait for them: images.generate of OpenAI’s libraries.',
      answers: { '200': { description: 'The pictures.', headers: paid, content: json('Images') }, '202': paying },
      codes: [...quoteCodes, ...passCodes, ...startCodes, ...paymentCodes, ...endCodes],
    },
  },
  '/chat/completions': {
    post: {
      ...{
        id: 'createChatCompletion',
        tag: 'As OpenAI’s',
        scope: 'run',
        isPayable: true,
        parameters: [idempotencyKey, payment],
        body: ref('ChatInput'),
      },
      summary: 'Make a text and wait for it: chat.completions of OpenAI’s libraries.',
      answers: {
        '200': {
          description: 'The text; with `stream` as events, each choice whole. One that is paid by the call comes without.',
          headers: paid,
          content: { ...json('Chat'), 'text/event-stream': { schema: { type: 'string' } } },
        },
        '202': paying,
      },
      codes: [...quoteCodes, ...passCodes, ...startCodes, ...paymentCodes, ...endCodes],
    },
  },
} satisfies Paths;

const callers = {
  '/me': {
    get: {
      ...{ id: 'getCaller', tag: 'You', scope: 'read', codes: [] },
      ...{ summary: 'Who you are to the gateway, and what you may do with what you came with.', answers: ok('You.', json('Caller')) },
    },
  },
  '/x402/models/{slug}/runs': {
    post: {
      ...{ id: 'payForRun', tag: 'Runs', scope: null, isPayable: true, parameters: [slug, payment], body: ref('PaidRunInput') },
      summary: 'Make one run of this model and pay for this call in USDC (x402): 402 says what, the same request with PAYMENT-SIGNATURE has it made.',
      description:
        'Pictures and texts alike, and no key: a text is in the run’s `text`. POST /generations, /images/generations and /chat/completions take a payment in the same way where nobody says who they are; a text then comes whole, without `stream`.',
      answers: {
        '200': { description: 'It was made and paid for: the run, its receipt, and where its file is.', headers: paid, content: json('Paid') },
        '202': paying,
      },
      codes: [...quoteCodes, ...endCodes, ...paymentCodes, 'pass_required'],
    },
  },
} satisfies Paths;

type Paths = Record<string, Partial<Record<'get' | 'post' | 'delete', Operation>>>;
/** By path under /api/v1. `/verify` is described by lib/likeness/verify-openapi.ts. */
export const OPERATIONS: Paths = { ...runs, ...uploads, ...openAi, ...works, ...models, ...callers };
