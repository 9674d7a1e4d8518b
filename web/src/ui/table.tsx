import type { ComponentChildren } from "preact";
import { navigate } from "../base/router";

export interface Column<T> {
  title: string;
  cell: (row: T) => ComponentChildren;
  numeric?: boolean;
  minor?: boolean;  // left out on a phone
}

export interface TableOf<T> {
  caption: string;  // read out, not shown
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  href?: (row: T) => string;  // the first cell becomes a link, the row follows it
}

export function Table<T>(of: TableOf<T>) {
  const classOf = (column: Column<T>) =>
    [column.numeric ? "numeric" : "", column.minor ? "minor" : ""].join(" ").trim() || undefined;
  const follow = (event: MouseEvent, row: T) => {
    const onLink = event.target instanceof Element && event.target.closest("a,button");
    if (of.href && !onLink && !getSelection()?.toString()) navigate(of.href(row));
  };
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={of.caption}>
      <table class={of.href ? "table links" : "table"}>
        <caption class="unseen">{of.caption}</caption>
        <thead>
          <tr>
            {of.columns.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>{column.title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.rows.map((row) => (
            <tr key={of.keyOf(row)} onClick={(event) => follow(event, row)}>
              {of.columns.map((column, index) => (
                <td key={column.title} class={classOf(column)}>
                  {index === 0 && of.href ? <a href={of.href(row)}>{column.cell(row)}</a>
                    : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
