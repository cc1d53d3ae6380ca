// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassCollection} from "./PassCollection.sol";
import {TierTerms} from "./PassTypes.sol";
import {PlatformKeyFactory} from "./PlatformKeyFactory.sol";
import {CollectionTerms} from "./Types.sol";

/// Makes creators' collections of passes.
contract PassFactory is PlatformKeyFactory {
    constructor(address platformOwner, address platformSigner_)
        PlatformKeyFactory(new PassCollection(), platformOwner, platformSigner_)
    {}

    /// Clone and set-up in one transaction; more tiers can be added later.
    function createPasses(
        bytes32 salt,
        string calldata base,
        CollectionTerms calldata terms,
        TierTerms[] calldata tiers
    ) external returns (address payable collection) {
        collection = _create(salt, base);
        PassCollection(collection).initialize(msg.sender, base, terms, tiers);
    }
}
