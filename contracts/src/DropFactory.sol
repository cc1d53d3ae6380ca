// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {CollectionFactory} from "./CollectionFactory.sol";
import {DropCollection} from "./DropCollection.sol";
import {IVersions} from "./DropTypes.sol";
import {CollectionTerms} from "./Types.sol";

/// Makes drops for creators who have a collection of works: the keys of its versions sign the drop's batch.
contract DropFactory is CollectionFactory {
    /// Where the collections of works come from.
    CollectionFactory public immutable WORK_FACTORY;
    address private immutable IMPLEMENTATION;

    error NotYourWorks(address works);

    constructor(CollectionFactory workFactory) {
        WORK_FACTORY = workFactory;
        IMPLEMENTATION = address(new DropCollection());
    }

    function implementation() public view override returns (address) {
        return IMPLEMENTATION;
    }

    /// Clone and set-up in one transaction.
    /// @param works the caller's collection of works, made by `WORK_FACTORY`
    function createDrop(bytes32 salt, string calldata base, CollectionTerms calldata terms, address works)
        external
        returns (address payable drop)
    {
        bool known = WORK_FACTORY.isCollection(works);
        if (!known || Ownable(works).owner() != msg.sender) revert NotYourWorks(works);
        drop = _create(salt, base);
        DropCollection(drop).initialize(msg.sender, base, terms, IVersions(works));
    }
}
