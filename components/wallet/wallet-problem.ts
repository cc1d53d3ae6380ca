/** Something to tell the person, in words ready to show. `declined` = they said no themselves, which is no failure. */
export class WalletProblem extends Error {
  readonly declined: boolean;
  constructor(message: string, { declined = false, cause }: { declined?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.declined = declined;
  }
}

type ActionResult<T> = {
  data?: T;
  serverError?: { code: string; message: string };
  validationErrors?: { formErrors: string[]; fieldErrors: Record<string, string[] | undefined> };
};

/** What an action returned, or its refusal as a WalletProblem. */
export function dataOf<T>(result: ActionResult<T> | undefined): T {
  if (result?.data !== undefined) return result.data;
  const errors = result?.validationErrors;
  const first = errors && [...errors.formErrors, ...Object.values(errors.fieldErrors).flat()][0];
  throw new WalletProblem(result?.serverError?.message ?? first ?? 'The server does not answer. Try again.');
}
