import { z } from 'zod';

/** What an endpoint of our contract can refuse with, and the HTTP status of each. */
export const PROBLEMS = {
  bad_request: 400,
  bad_signature: 401,
  expired: 401,
  not_found: 404,
  conflict: 409,
  unknown_version: 422,
  hash_mismatch: 422,
  blocked: 422,
  busy: 429,
  failed: 500,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** application/problem+json (RFC 9457). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().optional(),
});
