import { openQuote } from '@/lib/generations/quote-token';
import type { GenerationDto, QuoteDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import type { NamedModel } from './find-model';

const API = '/api/v1';

/** A run as the gateway tells of it: no pictures that only a signed-in browser gets, but where things are for whoever has a key. */
export function runBody({ previewSrc: _, modelSlug, ...run }: GenerationDto) {
  return {
    ...run,
    model: modelSlug,
    links: {
      self: `${API}/generations/${run.id}`,
      events: `${API}/generations/${run.id}/events`,
      work: run.state === 'captured' ? `${API}/works/${run.id}` : null,
      file: run.sealed ? `${API}/works/${run.id}/file` : null,
      receipt: run.state === 'captured' ? `${API}/works/${run.id}/receipt` : null,
    },
  };
}

/** A price, with what will run: settings with their defaults filled in, and the seed of each run. */
export function quoteBody({ token, quoteId, ...quote }: QuoteDto, model: NamedModel, { actor }: Caller) {
  const { params, runs } = openQuote(token, actor);
  return { quote: token, quoteId, ...quote, model: model.slug, version: model.digest, params, seeds: runs.map((run) => run.seed) };
}
