/**
 * A file of a message: shown where it is a picture, sound or film by its bytes, else to be saved; and said so where its bytes
 * are not here. Asks for bytes by address alone, so that the cookie of this page opens them to its person and nobody else.
 */
import type { PartAttachment } from '@vivim/contract/attachment';
import { bytes } from '../../format.ts';
import { strings } from '../../strings.ts';
import { fileAddress } from '../kit/linked-files.ts';

function Shown({ attachment, name }: { attachment: PartAttachment; name: string }) {
  const { id, shownAs, width, height } = attachment;
  const address = fileAddress(id);
  switch (shownAs) {
    case 'image':
      return (
        <img
          className="attached-image"
          src={address}
          alt={name}
          loading="lazy"
          decoding="async"
          {...(width === null || height === null ? {} : { width, height })}
        />
      );
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what was said stands in the message beside it, where the source wrote it down
      return <audio controls preload="none" src={address} aria-label={name} />;
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: the source gives no captions
      return <video controls preload="none" src={address} aria-label={name} />;
    default:
      return null;
  }
}

export function AttachmentView({ attachment, kind }: { attachment: PartAttachment; kind: string }) {
  const { id, mime, size, status, stored } = attachment;
  const texts = strings.reader.attachment;
  const name = attachment.name ?? (kind === '' ? texts.unnamed : kind);
  const facts = [mime, size === null ? null : bytes(size)].filter((fact) => fact !== null).join(', ');
  return (
    <figure className="attachment">
      <Shown attachment={attachment} name={name} />
      <figcaption>
        {stored ? (
          <a href={fileAddress(id)} download={name} aria-label={texts.save(name)}>
            {name}
          </a>
        ) : (
          <b>{name}</b>
        )}{' '}
        {facts} {!stored && <span className={`chip ${status}`}>{texts[status]}</span>}
      </figcaption>
    </figure>
  );
}
