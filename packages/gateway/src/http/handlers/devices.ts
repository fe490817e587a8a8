/** Devices, and those that ask to become one. */
import {
  approveDevice,
  askForDevice,
  describeDeviceRequest,
  describeDeviceRequests,
  describeDevices,
  nameDevice,
  refuseDevice,
  revokeDevice,
} from '../../auth/account/devices.ts';
import type { Handlers } from '../call.ts';

export const deviceHandlers: Handlers<
  | 'listDevices'
  | 'updateDevice'
  | 'revokeDevice'
  | 'createDeviceRequest'
  | 'getDeviceRequest'
  | 'listDeviceRequests'
  | 'approveDevice'
  | 'refuseDevice'
> = {
  async listDevices({ auth }, { principal }) {
    return { items: await describeDevices(auth, principal) };
  },
  updateDevice: ({ auth }, { principal, params, body }) => nameDevice(auth, principal, params.id, body.nameCt),
  async revokeDevice({ auth }, { principal, params, body }) {
    await revokeDevice(auth, principal, params.id, body.entry);
    return undefined;
  },
  createDeviceRequest: ({ auth }, { body }) => askForDevice(auth, body),
  getDeviceRequest: ({ auth }, { params }) => describeDeviceRequest(auth, params.id),
  async listDeviceRequests({ auth }, { principal }) {
    return { items: await describeDeviceRequests(auth, principal) };
  },
  approveDevice: ({ auth }, { principal, params, body }) => approveDevice(auth, principal, params.id, body),
  async refuseDevice({ auth }, { principal, params }) {
    await refuseDevice(auth, principal, params.id);
    return undefined;
  },
};
