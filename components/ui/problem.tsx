/** What went wrong with what was just pressed; read out at once. Nothing while nothing did. */
export function Problem({ children }: { children: string | null }) {
  if (children === null) return null;
  return (
    <p role="alert" className="text-xs text-madder">
      {children}
    </p>
  );
}
