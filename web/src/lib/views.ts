// Where the lists stand in a row, the present one is in sight.

export function startViews(): void {
  const row = document.querySelector<HTMLElement>(".views ul");
  const current = row?.querySelector<HTMLElement>("[aria-current]");
  if (!row || !current || row.scrollWidth <= row.clientWidth) return;
  const [frame, place] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
  if (place.left < frame.left || place.right > frame.right) row.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}
