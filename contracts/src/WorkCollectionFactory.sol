// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PlatformKeyFactory} from "./PlatformKeyFactory.sol";
import {CollectionTerms, VersionTerms} from "./Types.sol";
import {WorkCollection} from "./WorkCollection.sol";

/// Makes creators' collections of works.
contract WorkCollectionFactory is PlatformKeyFactory {
    constructor(address platformOwner, address platformSigner_)
        PlatformKeyFactory(new WorkCollection(), platformOwner, platformSigner_)
    {}

    /// Clone and set-up in one transaction.
    function createCollection(
        bytes32 salt,
        string calldata base,
        CollectionTerms calldata terms,
        VersionTerms calldata first
    ) external returns (address payable collection) {
        collection = _create(salt, base);
        WorkCollection(collection).initialize(msg.sender, base, terms, first);
    }
}
