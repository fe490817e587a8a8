/**
 * Holds the page still behind a dialog. The build puts this in the place of `react-remove-scroll`, which Radix asks for:
 * that one writes style elements into the page, and the policy refuses every style that is not a file of ours.
 */
import { type ComponentProps, type ElementType, useLayoutEffect } from 'react';

let holders = 0;

function hold(): () => void {
  const page = document.documentElement;
  holders += 1;
  // The bar at the side goes, and what stood beside it must not move into its place.
  if (holders === 1) page.style.paddingInlineEnd = `${window.innerWidth - page.clientWidth}px`;
  page.classList.add('held');
  return () => {
    holders -= 1;
    if (holders > 0) return;
    page.classList.remove('held');
    page.style.paddingInlineEnd = '';
  };
}

interface Props extends ComponentProps<'div'> {
  as?: ElementType;
  allowPinchZoom?: boolean;
  shards?: unknown;
}

/** Under the name and with the properties Radix uses of it. */
export function RemoveScroll({ as: Element = 'div', allowPinchZoom: _zoom, shards: _shards, ...rest }: Props) {
  useLayoutEffect(hold, []);
  return <Element {...rest} />;
}
