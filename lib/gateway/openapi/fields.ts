import { z } from 'zod';

export const id = z.string().meta({ format: 'uuid' });
export const time = z.string().meta({ format: 'date-time' });
export const millicredits = z.string().meta({ description: 'Millicredits as decimal text: 1,000 are a credit, a credit is US$0.01.' });
export const wei = z.string().meta({ description: 'Wei as decimal text.' });
export const digest = z.string().meta({ description: 'sha-256 or EIP-712 digest: 0x and 64 hexadecimal digits.' });
