/** One table: machine code → HTTP status, what a person reads, and how loudly it is logged. Every surface maps through it. */
const table = {
  // who is asking
  signed_out: [401, 'Sign in to go on.', 'info'],
  sign_in_refused: [401, 'The sign-in was not accepted. Ask for a new signature and try again.', 'info'],
  signature_refused: [401, 'The signature of this request was not accepted. Sign it again, all of it and as it is sent.', 'info'],
  forbidden: [403, 'This is not yours to do.', 'warn'],
  not_found: [404, 'Nothing is here, or it is not yours to see.', 'info'],
  rate_limited: [429, 'Too many requests. Wait a moment and try again.', 'info'],
  // the gateway's doors
  no_credentials: [401, 'Say who is asking: an API key (Authorization: Bearer igl_…) or a request signed by your wallet.', 'info'],
  key_invalid: [401, 'This is not an API key of this server.', 'info'],
  key_revoked: [401, 'This API key was revoked. Its owner can make another.', 'info'],
  key_expired: [401, 'This API key has expired. Its owner can make another.', 'info'],
  scope_missing: [403, 'This API key is not for that. Its owner can make another with the scope.', 'info'],
  model_not_allowed: [403, 'This API key is not for this model.', 'info'],
  cap_reached: [403, 'A spend cap of this API key is reached. Nothing was charged.', 'info'],
  too_many_keys: [409, 'You have as many API keys as we keep open at once. Revoke one first.', 'info'],
  idempotency_conflict: [409, 'This Idempotency-Key was used for another request.', 'info'],
  // calls that are paid one by one
  payment_required: [
    402,
    'Pay for this call as PAYMENT-REQUIRED says (x402), or say who is asking: an API key, or a request signed by your wallet.',
    'info',
  ],
  payment_too_small: [
    403,
    'This costs less than one credit, and moving so little costs more than that. Use an API key, or a request signed by your wallet.',
    'info',
  ],
  payment_invalid: [402, 'This payment does not pay for this call. Nothing was charged.', 'info'],
  payment_conflict: [409, 'This payment, or its identifier, came with another request.', 'info'],
  payment_answered: [410, 'This payment was answered before. What it paid for is its payer’s: sign in, or sign a request, with that wallet.', 'info'],
  payments_pending: [429, 'Several of your payments are not settled. Try again when they are.', 'info'],
  payments_paused: [
    503,
    'Too many runs of this model were made for single payments that did not come, so it takes none for some hours. Use an API key, or sign the request.',
    'warn',
  ],
  payment_not_settled: [402, 'The payment could not be settled, so the work was not released. Nothing was charged.', 'info'],
  unavailable: [503, 'This server cannot answer right now. Nothing was charged; try again soon.', 'error'],
  // what they asked
  invalid_input: [400, 'Some of what was sent is not valid.', 'info'],
  too_large: [413, 'That is larger than we take.', 'info'],
  too_slow: [408, 'What was sent did not come in time. Try again, over a faster connection.', 'info'],
  unsupported_file: [415, 'We read pictures (PNG, JPEG, WebP), texts and receipts here.', 'info'],
  upload_unread: [415, 'That is not a picture we can read. Take a whole PNG, JPEG or WebP of at most 40 megapixels.', 'info'],
  upload_blocked: [422, 'A safety filter refused this picture.', 'info'],
  too_many_uploads: [
    429,
    'You have many pictures here that no run has used. They go a day after you sent them; until then, use one of them.',
    'info',
  ],
  upload_gone: [404, 'The picture to start from is not here any more. Choose it again.', 'info'],
  conflict: [409, 'This was already done with other content.', 'warn'],
  // credits
  insufficient_credits: [402, 'Not enough credits. Buy some and try again: your settings are kept.', 'info'],
  spending_frozen: [403, 'Spending is paused while a payment is disputed or owed. Your credits page says what to do.', 'info'],
  quote_expired: [410, 'The quote has expired. Ask for a new price.', 'info'],
  no_free_runs: [409, 'Your free runs of this model are used up. Ask for a new price.', 'info'],
  no_included_runs: [409, 'The runs this pass includes are used up until its next period. Ask for a new price.', 'info'],
  pass_frozen: [409, 'This pass takes no runs right now: it is for sale, or being returned. Lift that, or pay without it.', 'info'],
  licence_conflict: [409, 'The licence does not go together with what the model was made from.', 'info'],
  quote_invalid: [400, 'The quote is not one of ours. Ask for a new price.', 'warn'],
  // earnings and payouts
  insufficient_earnings: [409, 'That is more than can be paid out now. Reload to see what is available.', 'info'],
  payout_blocked: [409, 'You owe credits, or a payment of yours is disputed. Settle that first; your credits page says how.', 'info'],
  payouts_not_set_up: [409, 'Finish setting up payouts to your bank first.', 'info'],
  rail_unavailable: [409, 'That way of being paid is not set up on this server. Choose another.', 'info'],
  creator_blocked: [409, 'The creator owes credits, or a payment of theirs is disputed. It can be approved once that is settled.', 'info'],
  own_payout: [403, 'Somebody else has to decide on your own payout.', 'warn'],
  already_decided: [409, 'You approved this payout before. Another operator has to approve it too.', 'info'],
  // corrections and write-offs
  own_account: [403, 'Somebody else has to decide about what is yours.', 'warn'],
  own_proposal: [403, 'You proposed this. Another operator has to approve it.', 'warn'],
  no_cover: [409, 'The account it is taken from does not have that much. Nothing was moved.', 'info'],
  debt_changed: [409, 'Another amount is owed now than was proposed. Refuse this, and write off what is owed now.', 'info'],
  // card payments
  card_off: [409, 'Paying by card is not set up on this server. You can pay from your wallet.', 'info'],
  payment_unavailable: [503, 'The payment service does not answer right now. Nothing was charged; try again in a minute.', 'error'],
  payment_refused: [502, 'The payment service did not accept the request. Nothing was charged.', 'error'],
  payment_disputed: [409, 'The payment behind this work is disputed or owed. It can be downloaded and minted once that is settled.', 'info'],
  bad_signature: [400, 'The signature of this event is not valid.', 'warn'],
  // models and runs
  model_unavailable: [409, 'This model does not take runs right now.', 'info'],
  model_paused: [409, 'This model is paused. Its page says why, and when there is more to say.', 'info'],
  wrong_state: [409, 'It has already moved on. Reload to see where it is.', 'info'],
  run_deadline: [504, 'The model did not deliver in time. Your credits were released.', 'warn'],
  run_cancelled: [409, 'Cancelled. Your credits were released.', 'info'],
  endpoint_failed: [502, 'The model failed to make this one. Your credits were released.', 'warn'],
  prompt_blocked: [422, 'A safety filter refused this prompt. Nothing was charged.', 'info'],
  output_blocked: [422, 'A safety filter held this work back. Your credits were released.', 'info'],
  output_invalid: [502, 'The model returned something that is not a work we accept. Your credits were released.', 'warn'],
  model_substituted: [502, 'Another model than the declared one answered. Your credits were released.', 'error'],
  signer_mismatch: [500, 'The receipt could not be signed by the version’s key. Your credits were released.', 'error'],
  seal_failed: [502, 'This was made, but its file could not be finished. What was paid for it was given back.', 'error'],
  // passes
  pass_required: [403, 'This model is for holders of a pass, or of what its creator asks for.', 'info'],
  pass_expired: [403, 'This pass has expired. Renew it to go on.', 'info'],
  pass_sold_out: [409, 'All passes of this tier are sold.', 'info'],
  pass_sale_closed: [409, 'This tier is not for sale right now.', 'info'],
  pass_price_changed: [409, 'The price of this pass has changed. Nothing was taken: look at the new one.', 'info'],
  pass_not_renewable: [409, 'This pass cannot be renewed now: its tier is closed, it never expires, or it can still be given back.', 'info'],
  renewal_under_way: [409, 'You are renewing this pass with credits already. Your passes show how far it is.', 'info'],
  pass_used: [409, 'A run of this pass was used, so it cannot be given back.', 'info'],
  nothing_to_withdraw: [409, 'Nothing lies in the collection that can be taken out now.', 'info'],
  refund_closed: [409, 'The time in which this pass could be given back is over.', 'info'],
  worse_terms: [409, 'Passes of this tier were sold, so what it includes can only become more.', 'info'],
  pass_moved: [403, 'This pass belongs to another account now.', 'info'],
  // protection of models
  budget_reached: [429, 'The creator of this model allows no more runs for now. Nothing was charged.', 'info'],
  slowed_by_creator: [429, 'The creator of this model has slowed your runs of it. Nothing was charged; wait a little.', 'info'],
  stopped_by_creator: [403, 'The creator of this model has stopped your runs of it. Nothing was charged, and your works stay yours.', 'info'],
  too_many_canaries: [409, 'That is as many canaries as one model has. Remove one first.', 'info'],
  // webhooks
  too_many_webhooks: [409, 'That is as many addresses as one person has here. Remove one first.', 'info'],
  // papers of works
  taken_down: [451, 'This work was taken down. Its page says why.', 'info'],
  reveal_blocked: [422, 'A safety filter refuses to show this prompt to everyone.', 'info'],
  opening_gone: [410, 'The prompt of this work is not kept any more, so it cannot be shown.', 'info'],
  too_many_links: [429, 'This prompt has as many links as we keep open at once. Withdraw one first.', 'info'],
  // minting and chain
  not_sealed: [409, 'The file is still being sealed. Try again in a few seconds.', 'info'],
  not_mintable: [409, 'This work cannot be minted.', 'info'],
  relay_under_way: [409, 'This work is being minted with credits. Its page shows how far it is.', 'info'],
  relay_too_dear: [409, 'This costs more ETH than the house sends for credits. Pay with your wallet.', 'info'],
  insufficient_final_credits: [
    402,
    'This takes credits that were bought with crypto, since a card payment can be charged back. Buy some, or pay with your wallet.',
    'info',
  ],
  already_minted: [409, 'This work is already minted.', 'info'],
  duplicate_content: [409, 'An identical work is already claimed in this collection, so this one cannot be minted.', 'info'],
  too_much_gas: [409, 'The receiving wallet needs more gas than a transfer may cost. Choose USDC, or another wallet.', 'info'],
  wrong_network: [409, 'Your wallet is on another network.', 'info'],
  chain_unavailable: [503, 'The chain does not answer right now. Nothing is lost; try again soon.', 'error'],
  price_unavailable: [503, 'The price feed of ETH does not answer or is too old. Pay in USDC, or try again in some minutes.', 'error'],
  method_not_allowed: [403, 'That call is not offered here.', 'info'],
  // us
  key_service_unavailable: [503, 'The service that keeps our keys does not answer right now. Nothing is lost; try again in a minute.', 'error'],
  misconfigured: [500, 'This server is not set up for that.', 'error'],
  storage_failed: [503, 'We could not store the file. Nothing was charged; try again.', 'error'],
  internal: [500, 'Something went wrong on our side. Nothing was charged for it.', 'error'],
} as const satisfies Record<string, readonly [number, string, 'info' | 'warn' | 'error']>;

export type ErrorCode = keyof typeof table;

/** True for a string that is one of our codes (a code read back from the database, say). */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && value in table;
}

/** Every code there is, in the table's order. */
export const ERROR_CODES = Object.keys(table) as ErrorCode[];

/** HTTP status, sentence for a person, and log level of a code. */
export function describeError(code: ErrorCode) {
  const [status, message, level] = table[code];
  return { status, message, level };
}

/** An error with a code of the table. `details` is shown to the caller; `cause` is logged and never shown. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details?: Record<string, unknown>;
  constructor(code: ErrorCode, options: { details?: Record<string, unknown>; cause?: unknown; message?: string } = {}) {
    super(options.message ?? describeError(code).message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
  }
}

/** Anything thrown → an AppError; what we did not foresee becomes `internal` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
