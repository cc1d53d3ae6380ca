import solc from 'solc';
import { type Address, concat, encodeAbiParameters, getContractAddress, type Hex, keccak256, pad } from 'viem';

/** The least contract account: valid is what its owner's key signed (ERC-1271). */
const SOURCE = `
  // SPDX-License-Identifier: MIT
  pragma solidity ^0.8.0;
  contract Account {
    address private immutable owner;
    constructor(address _owner) { owner = _owner; }
    function isValidSignature(bytes32 hash, bytes calldata sig) external view returns (bytes4) {
      bytes32 r = bytes32(sig[0:32]);
      bytes32 s = bytes32(sig[32:64]);
      return ecrecover(hash, uint8(sig[64]), r, s) == owner ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
  }`;

/** Deploys by CREATE2 for anyone, at the same address on every chain; anvil has it from the first block. Calldata: salt ‖ init code. */
export const DEPLOYER: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** Where the owner's contract account is, or will be, and the call to DEPLOYER that makes it. */
export function contractAccount(owner: Address): { address: Address; deployment: Hex } {
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: { 'a.sol': { content: SOURCE } },
        settings: { evmVersion: 'cancun', outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
      }),
    ),
  ) as { contracts: { 'a.sol': { Account: { evm: { bytecode: { object: string } } } } } };
  const bytecode: Hex = `0x${output.contracts['a.sol'].Account.evm.bytecode.object}`;
  const initCode = concat([bytecode, encodeAbiParameters([{ type: 'address' }], [owner])]);
  const salt = pad('0x1');
  return {
    address: getContractAddress({ opcode: 'CREATE2', from: DEPLOYER, salt, bytecodeHash: keccak256(initCode) }),
    deployment: concat([salt, initCode]),
  };
}
