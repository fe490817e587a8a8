/** A search field and the address it is kept in: typing moves the address after a rest, the address moves the field. */
import { useEffect, useRef, useState } from 'react';

const restMs = 200;

/**
 * @param q the words in the address
 * @param go puts words into the address; must be stable
 */
export function useTypedQuery(q: string, go: (words: string) => void): [string, (words: string) => void] {
  const [typed, setTyped] = useState(q);
  const sent = useRef(q);

  useEffect(() => {
    const words = typed.trim();
    if (words === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = words;
      go(words);
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, go]);

  // An address this field did not send is news: a link, or the way back. One it did send may lag behind the typing.
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setTyped(q);
  }, [q]);

  return [typed, setTyped];
}
