/**
 * Holds the page still behind a dialog. The build puts this in the place of `react-remove-scroll`, which Radix asks for:
 * that one writes style elements into the page, and the policy refuses every style that is not a file of ours.
 */
import { type ComponentProps, type ElementType, useLayoutEffect } from 'react';

let holders = 0;

function hold(): () => void {
  holders += 1;
  document.documentElement.classList.add('held');
  return () => {
    holders -= 1;
    if (holders === 0) document.documentElement.classList.remove('held');
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
