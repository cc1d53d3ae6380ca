/** Addresses out of pasted text: one a line, or anything between them. What looks meant as one and is none is given back, to be mended. */
export function readPaste(text: string): { addresses: string[]; wrong: string[] } {
  const words = text.split(/[\s,;"']+/).filter(Boolean);
  const addresses = words.filter((word) => /^0x[0-9a-fA-F]{40}$/.test(word)).map((word) => word.toLowerCase());
  return { addresses: [...new Set(addresses)], wrong: words.filter((word) => !/^0x[0-9a-fA-F]{40}$/.test(word)) };
}

/** In as many lists as calls are needed. */
export const chunks = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));

export const addressCount = (count: number): string => (count === 1 ? '1 address' : `${count.toLocaleString('en-GB')} addresses`);
