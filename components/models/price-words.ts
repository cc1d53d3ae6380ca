import type { PriceDto } from '@/lib/models/schema';
import { credits } from '../format';

const PARTS: [keyof PriceDto, string][] = [
  ['baseMillicredits', 'an order'],
  ['perImageMillicredits', 'a run'],
  ['perMegapixelMillicredits', 'a megapixel'],
  ['perStepMillicredits', 'a step'],
];

/** A price in a sentence: "2 credits a run and 1 credit a megapixel; 3 free runs; 10 % off from 4 on". */
export function priceWords(price: PriceDto): string {
  const parts = PARTS.filter(([part]) => price[part] !== '0').map(([part, of]) => `${credits(String(price[part]))} ${of}`);
  const free = price.trialRuns > 0 ? [`${price.trialRuns} free ${price.trialRuns === 1 ? 'run' : 'runs'}`] : [];
  const off = price.discounts.map(({ from, bps }) => `${bps / 100} % off from ${from} on`);
  return [parts.join(' and ') || 'Free', ...free, ...off].join('; ');
}
