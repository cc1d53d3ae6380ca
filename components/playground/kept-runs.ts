import type { GenerationDto } from '@/lib/generations/schema';

const KEPT_QUOTES = 3;
const storageKey = (slug: string) => `intaglio:runs:${slug}`;

const keptQuotes = (slug: string): string[] => (sessionStorage.getItem(storageKey(slug)) ?? '').split(',').filter(Boolean);

/** Remembers, for this tab, which quotes were started last. */
export function keepQuote(slug: string, quoteId: string): void {
  sessionStorage.setItem(storageKey(slug), [quoteId, ...keptQuotes(slug)].slice(0, KEPT_QUOTES).join(','));
}

/** The runs of the quotes this tab started last, ended ones too. What the server does not show us any more is left out. */
export async function fetchKeptRuns(slug: string): Promise<GenerationDto[]> {
  const answers = await Promise.all(
    keptQuotes(slug).map(async (quoteId): Promise<GenerationDto[]> => {
      const response = await fetch(`/api/generations?quote=${quoteId}`).catch(() => null);
      return response?.ok ? response.json() : [];
    }),
  );
  return answers.flat();
}
