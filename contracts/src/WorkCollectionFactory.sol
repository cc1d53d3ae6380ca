// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {CollectionTerms} from "./Types.sol";
import {WorkCollection} from "./WorkCollection.sol";

/// Deploys collections at addresses known beforehand. A clone can never change its implementation; a better one comes with a
/// new factory and serves new collections only. The owner (the platform) can do one thing: rotate the voucher key.
contract WorkCollectionFactory is Ownable {
    WorkCollection public immutable implementation;
    /// True for collections this factory made: what a verifier asks first.
    mapping(address collection => bool) public isCollection;

    event CollectionCreated(address indexed collection, address indexed creator, bytes32 salt, string base);
    event PlatformSignerChanged(address indexed signer);

    constructor(address platformOwner, address platformSigner_) {
        _initializeOwner(platformOwner);
        implementation = new WorkCollection();
        _setPlatformSigner(platformSigner_);
    }

    /// Clone and set-up in one transaction, by the creator's own account: nobody else can take the address.
    /// @param salt the creator's choice, one per collection
    /// @param base what `external_url` starts with, fixed for ever and part of the address
    function createCollection(bytes32 salt, string calldata base, CollectionTerms calldata terms)
        external
        returns (address collection)
    {
        collection = LibClone.cloneDeterministic(address(implementation), bytes(base), _saltOf(msg.sender, salt));
        isCollection[collection] = true;
        WorkCollection(payable(collection)).initialize(msg.sender, base, terms);
        emit CollectionCreated(collection, msg.sender, salt, base);
    }

    function predictCollection(address creator, bytes32 salt, string calldata base) external view returns (address) {
        return LibClone.predictDeterministicAddress(
            address(implementation), bytes(base), _saltOf(creator, salt), address(this)
        );
    }

    function platformSigner() external view returns (address) {
        return implementation.platformSigner();
    }

    /// Zero voids every voucher until the next key is set.
    function setPlatformSigner(address signer) external onlyOwner {
        _setPlatformSigner(signer);
    }

    /// Nobody could rotate the key any more; hand the factory over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }

    function _setPlatformSigner(address signer) private {
        implementation.setPlatformSigner(signer);
        emit PlatformSignerChanged(signer);
    }

    function _saltOf(address creator, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(creator, salt));
    }
}
