/// "+19195550123" -> "(919) 555-0123"; other numbers as they are.
export function phoneShown(number: string): string {
  const found = /^\+?1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : number;
}
