/**
 * Markdown that others wrote, shown without trusting it: no raw HTML, no script URLs, nothing fetched from elsewhere.
 * A remote image would tell its server who reads what and when, so it is a link.
 */
import { type ComponentProps, useContext, useId } from 'react';
import ReactMarkdown, { type Components, defaultUrlTransform, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { strings } from '../../strings.ts';
import { fileAddress, fileMeant, isPathLink, LinkedFilesContext } from './linked-files.ts';
import { TableScroll } from './table-scroll.tsx';

type PluggableList = NonNullable<Options['rehypePlugins']>;

function Link({ href, children }: ComponentProps<'a'>) {
  const files = useContext(LinkedFilesContext);
  const file = href === undefined ? null : fileMeant(href, files);
  if (file !== null) {
    return (
      <a href={fileAddress(file.id)} download={file.name ?? ''}>
        {children}
      </a>
    );
  }
  // What is relative was so on the page it came from; here it would lead to some page of ours.
  if (href === undefined || !/^(?:https?|mailto):/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

const components: Components = {
  a: ({ href, children }) => <Link {...(href === undefined ? {} : { href })}>{children}</Link>,
  img: ({ src, alt }) => (
    <Link {...(typeof src === 'string' ? { href: src } : {})}>
      {strings.reader.imageElsewhere(alt || (typeof src === 'string' ? src : strings.reader.image))}
    </Link>
  ),
  // A heading inside a message must not compete with those of the page.
  h1: ({ children }) => <p className="md-h1">{children}</p>,
  h2: ({ children }) => <p className="md-h2">{children}</p>,
  h3: ({ children }) => <p className="md-h3">{children}</p>,
  h4: ({ children }) => <p className="md-h3">{children}</p>,
  h5: ({ children }) => <p className="md-h3">{children}</p>,
  h6: ({ children }) => <p className="md-h3">{children}</p>,
  input: ({ checked }) => <span>{checked ? '☑ ' : '☐ '}</span>,
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <pre tabIndex={0}>{children}</pre>
  ),
  table: ({ children }) => (
    <TableScroll>
      <table>{children}</table>
    </TableScroll>
  ),
};

/** What is let through leads nowhere unless it means a file that is here. */
const address = (url: string): string => (isPathLink(url) ? url : defaultUrlTransform(url));

const nothing: PluggableList = [];

interface Props {
  text: string;
  /** More of what can be read and shown, where a page needs it. Must add no raw HTML. */
  remark?: PluggableList;
  rehype?: PluggableList;
}

export function Markdown({ text, remark = nothing, rehype = nothing }: Props) {
  // Footnotes carry ids, and every message counts its own from one.
  const clobberPrefix = `${useId()}-`;
  return (
    <div className="markdown" dir="auto">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, ...remark]}
        rehypePlugins={rehype}
        components={components}
        urlTransform={address}
        remarkRehypeOptions={{ clobberPrefix }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
