// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LibClone} from "solady/utils/LibClone.sol";

/// Deploys collections at addresses known beforehand. A clone can never change its implementation; a better one comes with a
/// new factory and serves new collections only.
abstract contract CollectionFactory {
    /// True for collections this factory made: what a verifier asks first.
    mapping(address collection => bool) public isCollection;

    event CollectionCreated(address indexed collection, address indexed creator, bytes32 salt, string base);

    function implementation() public view virtual returns (address);

    /// Where the collection of a creator is or will be; depends on nothing else.
    function predictCollection(address creator, bytes32 salt, string calldata base) external view returns (address) {
        return
            LibClone.predictDeterministicAddress(implementation(), bytes(base), _saltOf(creator, salt), address(this));
    }

    /// Has to be followed by the collection's set-up in the same call. By the creator's own account: nobody else can take the address.
    /// @param salt the creator's choice, one per collection
    /// @param base what addresses in the metadata start with, fixed for ever and part of the address
    function _create(bytes32 salt, string calldata base) internal returns (address payable collection) {
        collection = payable(LibClone.cloneDeterministic(implementation(), bytes(base), _saltOf(msg.sender, salt)));
        isCollection[collection] = true;
        emit CollectionCreated(collection, msg.sender, salt, base);
    }

    function _saltOf(address creator, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(creator, salt));
    }
}
